"""The port behind which notifications are kept until they are sent."""

from collections.abc import Sequence
from typing import Protocol

from core.identities import PendingNotification


class NotificationRows(Protocol):
    """Notifications that are not sent yet. What they tell of has noted them.

    A notification that is claimed is nobody else's for a minute; each time it is twice as long.
    """

    async def claim(self, platform: str, realms: Sequence[str]) -> PendingNotification | None:
        """One that is due to somebody of that platform, in one of those realms."""

    async def claim_this(self, notification: PendingNotification) -> bool:
        """That notification; False where it is not due, as it was sent or somebody else sends it."""

    async def sent(self, notification: PendingNotification) -> None:
        """It was sent."""
