"""The port behind which sounds and pictures are kept, and where they lie."""

import re
from typing import Protocol
from uuid import UUID


def sound_path(account: int, object_id: UUID) -> str:
    """Where the sound of an account's kick lies: `{user_id}/{uuid}.wav`."""
    return f"{account}/{object_id}.wav"


def picture_path(sound: str) -> str:
    """Where the waveform picture of the sound at the path `sound` lies: beside it, as `.png`."""
    return sound.removesuffix(".wav") + ".png"


def is_path(path: str) -> bool:
    """Whether `path` is of the one shape that paths of sounds and pictures have."""
    return re.fullmatch(r"[0-9]{1,19}/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.(wav|png)", path) is not None


class Files(Protocol):
    """Keeps objects under paths `{user_id}/{uuid}.wav` and `.png`, readable by anyone who has the link.

    Every method but `url` may raise `errors.StorageFailed`.
    """

    async def store(self, path: str, data: bytes) -> None:
        """Keep `data` under `path`, whole or not at all; what was there is replaced."""

    async def fetch(self, path: str) -> bytes | None:
        """What is kept under `path`, None where nothing is."""

    async def exists(self, path: str) -> bool:
        """Whether anything is kept under `path`, by what storage knows: a cache may still serve what is removed."""

    async def copy(self, source: str, target: str) -> None:
        """Keep what is under `source` under `target` too; a target that is there already is replaced.

        Raises `errors.SoundGone` where nothing is under `source`.
        """

    async def remove(self, paths: list[str]) -> None:
        """Remove what is there of `paths`; one that is missing is no error."""

    def url(self, path: str) -> str:
        """The public link of `path`."""
