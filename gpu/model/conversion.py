"""From the published checkpoints to our own model file, once."""

from pathlib import Path

from gpu.model import archive, published


def convert(folder: Path, target: Path, *, half: bool = False, revision: str | None = None) -> archive.Info:
    """Write the model in `folder` to `target`, without optimisers, discriminators and VAE encoder.

    `half` stores float16, 24 MB instead of 47 MB; it computes in float32 all the same. Raises `BadCheckpoint`.
    """
    archive.write(target, published.read(folder, revision), half=half)
    return archive.info(target)
