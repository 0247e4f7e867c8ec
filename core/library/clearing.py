"""Clearing away what is left when the rows of something are deleted: the messages that showed it, then its files."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from logging import getLogger

from core import errors, files
from core.chat.removals import Removal, Removals
from core.messages import CONSOLE, Posted
from core.noting import Noting
from core.stores.sweepings import Sweepings
from core.text import counted

log = getLogger(__name__)

AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Left:
    """What is not cleared away: the files of so many `kicks` yet, so many `messages` yet, so many that `stay`."""

    kicks: int = 0
    messages: int = 0
    stay: int = 0

    @property
    def remarks(self) -> tuple[str, ...]:
        """What the answer says of it, in whole sentences."""
        said = []
        if self.messages:
            shown = counted(self.messages, "message")
            said.append(f"{shown} showing what is deleted could not be removed yet; that is tried again for a week.")
        if self.stay:
            shown = counted(self.stay, "message")
            said.append(f"Kickbot is not allowed to remove {shown} showing what is deleted; moderators there are.")
        if self.kicks:
            said.append(
                f"The files of {counted(self.kicks, 'kick')} could not be removed yet: that follows as soon as the "
                f"place where sounds are kept can be reached."
            )
        return tuple(said)


@dataclass(slots=True)
class Clearing:
    """Clears away at once what can be cleared away in `seconds`, for whoever waits for the answer.

    The rest is in rows already, whatever becomes of this process: whoever serves their application removes messages
    (`removals`), and the sweeper files whose paths are in the `trash`.
    """

    removals: Removals
    trash: Sweepings
    files: files.Files
    seconds: float = 3.0
    noting: Noting = field(default_factory=Noting)

    async def note(self, posted: Posted) -> None:
        """Note of a message that it is to be removed: deletions do so themselves."""
        await self.removals.note(posted)

    async def clear(self, posted: Sequence[Posted] = (), paths: Sequence[str] = ()) -> Left:
        """Remove the messages, then the files of the sounds at `paths`, which no row uses. Raises nothing."""
        end = asyncio.get_running_loop().time() + self.seconds * 5 / 6
        lasting = [one for one in posted if one.platform != CONSOLE]
        came = (await self.removals.remove(lasting, self.seconds * 2 / 3)).values() if lasting else ()
        sounds = [path for path in paths if files.is_path(path)]
        removed: list[str] = []
        try:
            async with asyncio.timeout_at(end):
                await self._remove(sounds, removed)
        except TimeoutError:
            log.warning("files are left to be swept: their storage does not answer in time")
        await self.noting.wait(self._note(removed), self.seconds / 6)
        later = [one for one in came if one is Removal.LATER]
        stay = [one for one in came if one is Removal.REFUSED]
        return Left(len(sounds) - len(removed), len(later), len(stay))

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
