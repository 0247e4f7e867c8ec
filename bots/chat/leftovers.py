"""What other processes, and those before this one, have left to be done on a platform."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from bots.chat.background import repeat
from bots.chat.deliveries import Deliveries
from bots.chat.notifications import Notifications
from core.chat.removals import Removals


@dataclass(frozen=True, slots=True)
class Served:
    """An application that this process serves, and the realm in which its people have their ids."""

    application: str
    realm: str


@dataclass(frozen=True, slots=True)
class Leftovers:
    """Goes on with jobs, removes messages and sends notifications, now and whenever a lease ends.

    `served` may raise what the platform answers. It is asked again each time: an app may be installed meanwhile.
    """

    platform: str
    served: Callable[[], Awaitable[Sequence[Served]]]
    deliveries: Deliveries
    removals: Removals
    notifications: Notifications

    async def attend(self) -> None:
        """Do so until cancelled. What fails is left to the next time, and keeps nothing else from being done."""
        pause = self.deliveries.pause
        await asyncio.gather(
            repeat(self._take_over, pause, f"nothing is taken over on {self.platform} for now"),
            repeat(self._remove, pause, f"messages on {self.platform} are removed later"),
            repeat(self._send, pause, f"notifications on {self.platform} are sent later"),
        )

    async def _take_over(self) -> None:
        for one in await self.served():
            await self.deliveries.take_over(one.application)

    async def _remove(self) -> None:
        await self.removals.drain([one.application for one in await self.served()])

    async def _send(self) -> None:
        await self.notifications.drain(self.platform, [one.realm for one in await self.served()])
