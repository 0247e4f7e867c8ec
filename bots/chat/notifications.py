"""Notifications to people who are not asking just now, carried by the platform that each of them is on."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from logging import getLogger

from core.identities import Notification, PendingNotification
from core.stores.notifications import NotificationRows

log = getLogger(__name__)

Carrier = Callable[[PendingNotification], Awaitable[bool]]
"""Brings a notification to somebody; False where that is not possible now, or not for this process."""

SECONDS = 20.0
"""What carrying one may take: less than the minute for which it is claimed."""


@dataclass(slots=True)
class Notifications:
    """Sends notifications by `carriers`, those of the platforms that this process serves; rows keep the rest.

    Crash window: a process that dies between sending a notification and noting that leaves it to be sent once more; so
    does a platform whose answer is lost.
    """

    rows: NotificationRows
    carriers: dict[str, Carrier] = field(default_factory=dict)

    async def send(self, notifications: Iterable[Notification]) -> None:
        """Send what was written just now and can be carried from here. Nobody waits for it: it raises nothing."""
        for notification in notifications:
            pending = notification.pending
            if pending.to.platform not in self.carriers:
                continue
            try:
                if await self.rows.claim_this(pending):
                    await self._carry(pending)
            except Exception as error:
                log.warning("a notification to %s is sent later: %r", notification.to.label, error)

    async def drain(self, platform: str, realms: Sequence[str]) -> None:
        """Send what is due to people of that platform, in those realms, whoever has written it."""
        while (notification := await self.rows.claim(platform, realms)) is not None:
            try:
                await self._carry(notification)
            except Exception as error:
                log.warning("a notification to somebody on %s is sent later: %r", platform, error)

    async def _carry(self, notification: PendingNotification) -> None:
        async with asyncio.timeout(SECONDS):
            carried = await self.carriers[notification.to.platform](notification)
        if carried:
            await self.rows.sent(notification)
