"""Messages that showed what is deleted are removed: at once where that is possible, else in the background."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from enum import Enum, auto
from logging import getLogger

from core import errors
from core.messages import Posted
from core.noting import Noting
from core.stores.removals import RemovalRows

log = getLogger(__name__)

AT_ONCE = 20
LEASE = 30.0
"""Seconds in which messages that were claimed are removed, or left for another time."""


class Removal(Enum):
    """What came of removing a message."""

    DONE = auto()
    """It is gone."""
    REFUSED = auto()
    """It stays: the platform does not let us remove it."""
    LATER = auto()
    """It may work in a while, or in another process."""


Remove = Callable[[Posted], Awaitable[Removal]]


@dataclass(slots=True)
class Removals:
    """Removes messages by `removers`, those of the platforms that this process serves; rows keep the rest.

    A process that is killed between removing a message and noting it leaves that it is looked for once more.
    """

    rows: RemovalRows
    removers: dict[str, Remove] = field(default_factory=dict)
    noting: Noting = field(default_factory=Noting)

    async def note(self, posted: Posted) -> None:
        """Note that the message is to be removed."""
        await self.rows.add(posted)

    async def remove(self, posted: Sequence[Posted], seconds: float) -> dict[Posted, Removal]:
        """Remove what can be removed in so long, of what rows tell to remove. Raises nothing.

        The last quarter of the time is for noting what is removed.
        """
        removed: dict[Posted, Removal] = {}
        turns = asyncio.Semaphore(AT_ONCE)

        async def remove(one: Posted) -> None:
            async with turns:
                removed[one] = await self._tried(one)

        with suppress(TimeoutError):
            async with asyncio.timeout(seconds * 3 / 4), asyncio.TaskGroup() as group:
                for one in posted:
                    group.create_task(remove(one))
        ended = [one for one, came in removed.items() if came is not Removal.LATER]
        await self.noting.wait(self._end(ended), seconds / 4)
        return {one: removed.get(one, Removal.LATER) for one in posted}

    async def drain(self, applications: Sequence[str]) -> None:
        """Remove what is due of those applications, whoever has deleted what it showed."""
        while posted := await self.rows.claim(applications, AT_ONCE):
            await self.remove(posted, LEASE)

    async def _tried(self, posted: Posted) -> Removal:
        remover = self.removers.get(posted.platform)
        try:
            return await remover(posted) if remover else Removal.LATER
        except Exception as error:
            log.warning("%s is removed later: %r", posted, error)
            return Removal.LATER

    async def _end(self, posted: list[Posted]) -> None:
        try:
            if posted:
                await self.rows.end(posted)
        except errors.DatabaseUnavailable as error:
            log.warning("messages that are removed are looked for again: %s", error.detail)
