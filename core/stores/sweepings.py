"""The port behind which it is found what is no longer needed, and what has fallen behind."""

from datetime import datetime
from typing import Protocol


class Sweepings(Protocol):
    """What is no longer needed, and what has fallen behind."""

    async def expire_takes(self, now: datetime) -> None:
        """Delete takes that have expired and put their files into the trash, but for those that a kick still uses."""

    async def forget_old(self, now: datetime, days: int) -> None:
        """Delete closed jobs, messages and usage that are older than `days`."""

    async def trash(self, now: datetime, count: int) -> list[str]:
        """Up to `count` paths that are due and that no take or kick uses."""

    async def postpone(self, paths: list[str], due: datetime) -> None:
        """The files at `paths` cannot be removed: try again from `due` on."""

    async def emptied(self, paths: list[str]) -> None:
        """The files at `paths` are removed."""

    async def refresh_shares(self) -> None:
        """Bring up to date what shares are filtered by, after changes in the web app; the operator's presets too."""
