"""`kickbot model`: fetch the published model, make our own file of it, tell what is in one."""

import sys
from pathlib import Path

from bots.composition import engines
from bots.settings import Settings
from core import errors


def run(settings: Settings, action: str, path: Path | None, target: Path | None, *, half: bool) -> int:
    """Do what is asked; raises `errors.ModelUnusable`."""
    try:
        from gpu.model.errors import ModelError  # noqa: PLC0415  # PyTorch comes along with the model only
    except ImportError as error:
        raise errors.ModelUnusable(problem=f"{error.name} is not installed; `pip install torch` and "
                                   "`pip install kickbot[diffusion]` add what it needs") from error  # fmt: skip
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


def _download(settings: Settings, *, half: bool) -> None:
    from gpu import download  # noqa: PLC0415
    from gpu.model.progress import Progress  # noqa: PLC0415

    def tell(progress: Progress) -> None:
        sys.stdout.write(f"\r{progress.file}: {progress.done / 2**20:.0f} of {progress.total / 2**20:.0f} MB ")
        sys.stdout.flush()

    cache = settings.kickbot_data / "hub"
    published = download.download(
        settings.kick_model, cache=cache, revision=settings.kick_model_revision, progress=tell
    )
    sys.stdout.write("\n")
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
    sys.stdout.write(
        f"{path}\n"
        f"  revision    {info.revision}\n"
        f"  parameters  {info.parameters / 1e6:.2f} million, {info.dtype}, {info.size / 1e6:.0f} MB\n"
        f"  words       {' '.join(info.vocabulary)}\n"
    )


def _given(path: Path | None) -> Path:
    if path is None:
        raise errors.ModelUnusable(problem="`kickbot model convert` needs the folder of the published files")
    return path
