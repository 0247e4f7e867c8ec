"""`kickbot model`: fetch the published model, make our own file of it, tell what is in one."""

from importlib import util
from pathlib import Path

from bots import output
from bots.composition import engines
from bots.settings import Settings
from core import errors

NEEDED = ("torch", "safetensors")


def run(settings: Settings, action: str, path: Path | None, target: Path | None, *, half: bool) -> int:
    """Do what is asked; raises `errors.ModelUnusable`."""
    _require(*NEEDED, *(("huggingface_hub",) if action == "download" else ()))
    from gpu.model.errors import ModelError  # noqa: PLC0415  # what it needs comes along with the model only

    try:
        match action:
            case "download":
                _download(settings, half=half)
            case "convert":
                _convert(_given(path), target or engines.weights(settings), half=half)
            case _:
                _info(path or engines.weights(settings))
    except ModelError as error:
        raise errors.ModelUnusable(problem=str(error)) from error
    return 0


def _require(*packages: str) -> None:
    if missing := [package for package in packages if util.find_spec(package) is None]:
        problem = f"{' and '.join(missing)} {'is' if len(missing) == 1 else 'are'} not installed"
        raise errors.ModelUnusable(
            problem=f"{problem}; `pip install torch` and `pip install kickbot[diffusion]` add what the model needs"
        )


def _download(settings: Settings, *, half: bool) -> None:
    from gpu import download  # noqa: PLC0415
    from gpu.model.progress import Progress  # noqa: PLC0415

    def tell(progress: Progress) -> None:
        output.write(f"\r{progress.file}: {progress.done / 2**20:.0f} of {progress.total / 2**20:.0f} MB ")

    cache = settings.kickbot_data / "hub"
    published = download.download(
        settings.kick_model, cache=cache, revision=settings.kick_model_revision, progress=tell
    )
    output.write("\n")
    _convert(published.folder, engines.weights(settings), half=half, revision=published.commit)


def _convert(folder: Path, target: Path, *, half: bool, revision: str | None = None) -> None:
    from gpu.model import conversion  # noqa: PLC0415

    conversion.convert(folder, target, half=half, revision=revision)
    _info(target)


def _info(path: Path) -> None:
    from gpu.model import archive  # noqa: PLC0415

    if not path.exists():
        raise errors.ModelUnusable(problem=f"{path} is not there; `kickbot model download` makes it")
    info = archive.info(path)
    output.write(
        f"{path}\n"
        f"  revision    {info.revision}\n"
        f"  parameters  {info.parameters / 1e6:.2f} million, {info.dtype}, {info.size / 1e6:.0f} MB\n"
        f"  words       {' '.join(info.vocabulary)}\n"
    )


def _given(path: Path | None) -> Path:
    if path is None:
        raise errors.ModelUnusable(problem="`kickbot model convert` needs the folder of the published files")
    return path
