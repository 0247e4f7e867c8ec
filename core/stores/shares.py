"""The port behind which shares are kept."""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from core.library.browsing import Listed, Query
from core.people import Place


class Shares(Protocol):
    """Presets that their owners show in a server or workspace."""

    async def share(self, account: int, preset: int, place: Place, maker: str, now: datetime) -> bool:
        """Show the account's own preset in `place`; False where it is shown there already or is not the account's."""

    async def unshare(self, account: int, preset: int, place: Place, *, moderator: bool) -> bool:
        """Show it there no more; a moderator of the place may do that to anybody's. False where it was not shown."""

    async def page(self, account: int, place: Place, query: Query, count: int) -> list[Listed]:
        """Up to `count` presets that the place shows and the operator's, as `query` asks, from its cursor on.

        Behind a cursor of the side `before` they come in the same order, those nearest to it.
        """

    async def depart(self, platform: str, place: str, days: int) -> None:
        """The bot has left the place: its shares and rules go in so many days."""

    async def back(self, platform: str, places: Collection[str]) -> None:
        """The bot is in these places: what is there stays."""
