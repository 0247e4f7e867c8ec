"""Reading checkpoints as data: PyTorch's restricted unpickler and nothing beyond its list but four inert names."""

from pathlib import Path
from pickle import UnpicklingError

import torch

from gpu.model.errors import BadCheckpoint

ZIP_MAGIC = b"PK\x03\x04"


class Settings:
    """Stands in for the training's configuration classes: keeps what it is given and does nothing."""

    fields: dict[str, object]

    def __init__(self) -> None:
        self.fields = {}

    def __setstate__(self, state: object) -> None:
        """Called by the unpickler with the attributes of the object that was saved."""
        if type(state) is not dict:
            raise UnpicklingError("a configuration whose state is no dictionary")
        self.fields = {str(name): value for name, value in state.items()}


class SavedPath:
    """Stands in for a path on the machine of the training, which means nothing here."""

    def __init__(self, *parts: object) -> None:
        """Forget the parts."""

    def __setstate__(self, state: object) -> None:
        """Forget the state."""


def load(file: Path) -> dict[str, object]:
    """What `torch.save` wrote into `file`, its tensors mapped into memory and so read only where they are used.

    Raises `BadCheckpoint`. Which error a tampered file provokes in the reader is up to whoever tampered with it, hence
    the catching of everything.
    """
    _check_start(file)
    # The list is one for the whole process. Taking the names off again would fail another thread that is loading; they
    # stay, because they stand for nothing that does anything.
    torch.serialization.add_safe_globals(
        [
            (Settings, "training.config.DiffusionConfig"),
            (Settings, "training.config.AutoencoderConfig"),
            (SavedPath, "pathlib.PosixPath"),
            (SavedPath, "pathlib._local.PosixPath"),
        ]
    )
    try:
        content = torch.load(file, map_location="cpu", weights_only=True, mmap=True)
    except Exception as error:
        raise BadCheckpoint(file=file, problem=_problem(file)) from error
    if type(content) is not dict:
        raise BadCheckpoint(file=file, problem="holds no dictionary")
    return {str(name): value for name, value in content.items()}


def _check_start(file: Path) -> None:
    try:
        with file.open("rb") as stream:
            start = stream.read(len(ZIP_MAGIC))
    except FileNotFoundError as error:
        raise BadCheckpoint(file=file, problem="does not exist") from error
    except OSError as error:
        raise BadCheckpoint(file=file, problem=f"cannot be read ({error.strerror})") from error
    if start != ZIP_MAGIC:
        raise BadCheckpoint(file=file, problem="is empty" if not start else "is no PyTorch checkpoint")


def _problem(file: Path) -> str:
    """PyTorch's own message advises to load the file without safety; better to name what is unsafe in it."""
    try:
        foreign = torch.serialization.get_unsafe_globals_in_checkpoint(file)
    except Exception:
        foreign = []
    if foreign:
        return f"holds {', '.join(sorted(foreign))}, which is code and no weights"
    return "is damaged or no PyTorch checkpoint"
