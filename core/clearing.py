"""Clearing away what is left when the rows of something are deleted: its files."""

import asyncio
from dataclasses import dataclass
from logging import getLogger

from core import errors, files
from core.stores.sweepings import Sweepings
from core.wording import counted

log = getLogger(__name__)

AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Left:
    """What is not cleared away yet: the files of so many `kicks`."""

    kicks: int = 0

    @property
    def remarks(self) -> tuple[str, ...]:
        """What the answer says of it, in whole sentences."""
        if not self.kicks:
            return ()
        return (
            f"The files of {counted(self.kicks, 'kick')} could not be removed yet: that follows as soon as the place "
            f"where sounds are kept can be reached.",
        )


@dataclass(frozen=True, slots=True)
class Clearing:
    """Clears away at once what can be cleared away in `seconds`, for whoever waits for the answer.

    The rest is in rows already: the sweeper removes files whose paths are in the trash, whatever becomes of this
    process.
    """

    trash: Sweepings
    files: files.Files
    seconds: float = 3.0

    async def clear(self, paths: list[str]) -> Left:
        """Remove the files of the sounds at `paths`, which are in the trash and which no row uses. Raises nothing."""
        sounds = [path for path in paths if files.is_path(path)]
        removed: list[str] = []
        try:
            async with asyncio.timeout(self.seconds):
                await self._remove(sounds, removed)
        except TimeoutError:
            log.warning("files are left to be swept: their storage does not answer in time")
        await self._note(removed)
        return Left(len(sounds) - len(removed))

    async def _remove(self, sounds: list[str], removed: list[str]) -> None:
        """Remove them, adding to `removed` as they go; one that cannot be removed keeps no other."""
        for start in range(0, len(sounds), AT_ONCE):
            together = sounds[start : start + AT_ONCE]
            if not await self._tried(together, removed) and len(together) > 1:
                for sound in together:
                    await self._tried([sound], removed)

    async def _tried(self, sounds: list[str], removed: list[str]) -> bool:
        try:
            await self.files.remove(sounds + [files.picture_path(sound) for sound in sounds])
        except errors.StorageFailed as error:
            log.warning("the files of %s kicks are left to be swept: %s", len(sounds), error.detail)
            return False
        removed.extend(sounds)
        return True

    async def _note(self, removed: list[str]) -> None:
        try:
            if removed:
                await self.trash.emptied(removed)
        except errors.DatabaseUnavailable as error:
            log.warning("files that are removed stay in the trash: %s", error.detail)
