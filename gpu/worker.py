"""The worker on Modal: `modal deploy -m gpu.worker` deploys it.

What Modal is to find stands at the module's top. The environment is read when the worker is deployed; in its containers
nothing of it is set but what is handed on.
"""

import dataclasses
import os
import secrets
import tempfile
from pathlib import Path

import modal

from gpu import deployed, rendering, wav
from gpu.model.errors import ModelError
from gpu.model.kick import Generated, Request

PACKAGES = ("huggingface-hub==2.4.0", "numpy==2.4.6", "safetensors==0.8.0", "torch==2.13.0")


def setting(name: str, default: str) -> str:
    """`KICKBOT_WORKER_` and `name` in the environment."""
    return os.environ.get(f"KICKBOT_WORKER_{name}") or default


def number(name: str, default: int, least: int, most: int = 1000) -> int:
    """The same as a whole number. Raises ValueError, its message naming the variable."""
    text = setting(name, str(default))
    # Python refuses to read thousands of digits with an error of its own.
    if not (text.isascii() and text.isdigit() and len(text) < 10 and least <= int(text) <= most):
        problem = f"must be a whole number of at least {least} and at most {most}, not {text[:20]!r}"
        raise ValueError(f"KICKBOT_WORKER_{name} {problem}")
    return int(text)


AT_ONCE = number("CONCURRENCY", 8, 1, 64)
HANDED_ON: dict[str, str | None] = {
    "KICKBOT_WORKER_MODEL": setting("MODEL", "zhinit/kick-gen-v1"),
    "KICKBOT_WORKER_REVISION": setting("REVISION", "main"),
    "KICKBOT_WORKER_HUB": setting("HUB", ""),
    "KICKBOT_WORKER_CONCURRENCY": str(AT_ONCE),
}

app = modal.App(deployed.APP)
volume = modal.Volume.from_name("kick-gen-model-cache", create_if_missing=True)
image = modal.Image.debian_slim(python_version="3.11").pip_install(*PACKAGES).add_local_python_source("gpu")


@app.function(image=image, env=HANDED_ON, volumes={"/cache": volume}, timeout=600, scaledown_window=10)
def describe() -> deployed.Description:
    """The model's words and revision. It takes no GPU, and fetches the model where that was not done yet."""
    from gpu.model import archive  # noqa: PLC0415  # whoever deploys has no PyTorch

    info = archive.info(model_file())
    return {"revision": info.revision, "vocabulary": list(info.vocabulary)}


@app.cls(
    image=image,
    env=HANDED_ON,
    gpu="T4",
    cpu=1,
    memory=2048,
    volumes={"/cache": volume},
    min_containers=number("MIN_CONTAINERS", 0, 0),
    max_containers=number("MAX_CONTAINERS", 4, 1),
    scaledown_window=300,
    timeout=600,
    enable_memory_snapshot=True,
)
@modal.concurrent(max_inputs=AT_ONCE)
class KickGenerator:
    """Makes kicks; calls that come to one container at the same time share batches.

    Methods are not async: Modal runs them in threads of their own, which wait while the batcher's thread works.
    """

    @modal.enter(snap=True)
    def load(self) -> None:
        """Read the weights on the CPU: Modal keeps a snapshot of the memory after it, and starts from there."""
        from gpu.model import archive  # noqa: PLC0415  # whoever deploys has no PyTorch

        weights = archive.read(model_file())
        # The tensors lie in the mapped file; a snapshot is not to depend on a file of the volume.
        copied = {name: tensor.clone() for name, tensor in weights.tensors.items()}
        self._weights = dataclasses.replace(weights, tensors=copied)

    @modal.enter(snap=False)
    def start(self) -> None:
        """Put the model on the GPU; its first kick, which chooses kernels, is one that nobody waits for."""
        import torch  # noqa: PLC0415

        from gpu.pipeline import Pipeline  # noqa: PLC0415

        pipeline = Pipeline(self._weights, device="cuda" if torch.cuda.is_available() else "cpu")
        pipeline.generate_batch([Request("", 0)], steps=2)
        self._revision = pipeline.revision
        self._kicks = rendering.kicks_of(pipeline, most=AT_ONCE)

    @modal.exit()
    def stop(self) -> None:
        """Let the kick that is being made end."""
        self._kicks.close()

    @modal.method()
    def generate_kick(self, prompt: str = "hit house", cfg_scale: float = 3.0, steps: int = 50) -> bytes:
        """A WAV file (float32, mono, 44.1 kHz, 2 s); no known word in the prompt means any kick.

        Raises ValueError for arguments that no kick can be made of.
        """
        return wav.encode(self._make(prompt, cfg_scale, steps, secrets.randbelow(rendering.SEEDS), "ddim").samples[0])

    @modal.method()
    def generate(
        self,
        prompt: str = "hit house",
        cfg_scale: float = 3.0,
        steps: int = 50,
        seed: int | None = None,
        sampler: str = "ddim",
    ) -> deployed.Kick:
        """The same with all that can be said about it; the same seed gives the same kick. Raises ValueError."""
        drawn = secrets.randbelow(rendering.SEEDS) if seed is None else seed
        made = self._make(prompt, cfg_scale, steps, drawn, sampler)
        return {
            "audio": wav.encode(made.samples[0]),
            "matched": list(made.matched),
            "ignored": list(made.ignored),
            "seed": drawn,
            "revision": self._revision,
            "timings": dataclasses.asdict(made.timings),
        }

    def _make(self, prompt: str, cfg_scale: float, steps: int, seed: int, sampler: str) -> Generated:
        try:
            kick = rendering.Kick(Request(prompt, seed, cfg_scale), steps, sampler)
            return self._kicks.submit(kick).result()
        except ModelError as error:
            # A caller that has none of our code could not read ours.
            raise ValueError(str(error)) from None


def model_file() -> Path:
    """Our own file of the model on the volume, made of the published ones where it is missing."""
    model, revision = setting("MODEL", "zhinit/kick-gen-v1"), setting("REVISION", "main")
    file = Path(setting("CACHE", "/cache")) / f"{model.replace('/', '--')}@{revision}.safetensors"
    if not file.exists():
        fetch(model, revision, file)
    return file


def fetch(model: str, revision: str, file: Path) -> None:
    """Download the published files and keep as `file` what kicks are made of. Raises `ModelError`."""
    from gpu import download  # noqa: PLC0415  # whoever deploys has no PyTorch
    from gpu.model import conversion  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as scratch:
        hub = setting("HUB", "") or None
        published = download.download(model, cache=Path(scratch), revision=revision, endpoint=hub)
        conversion.convert(published.folder, file, revision=published.commit)
    if not modal.is_local():
        volume.commit()
