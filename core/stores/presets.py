"""The port behind which presets are kept."""

from datetime import datetime
from typing import Protocol

from core.library.browsing import Cursor, Listed
from core.messages import Posted
from core.people import Place


class PresetRows(Protocol):
    """Presets, seen by the account that asks: its own, the operator's, and those that the place shows."""

    async def find(self, account: int, place: Place, preset: int) -> Listed | None:
        """The preset, if the account may see it there."""

    async def named(self, account: int, place: Place, name: str) -> list[Listed]:
        """The account's own preset of that name; where it has none, those of the place and the operator's."""

    async def mine(self, account: int, place: Place, cursor: Cursor | None, count: int) -> list[Listed]:
        """Up to `count` presets of the account from the cursor on, the newest first; backwards from one `before`."""

    async def names(self, account: int, typed: str, count: int) -> list[str]:
        """Names of the account's own presets that hold what was typed, those that begin with it first."""

    async def rename(self, account: int, preset: int, name: str, now: datetime) -> bool:
        """Rename the account's own preset; False where it has none. Raises `errors.NameTaken`."""

    async def shares(self, account: int, preset: int) -> int:
        """In how many places the account's own preset is shared."""

    async def delete(self, account: int, preset: int) -> tuple[Posted, ...] | None:
        """Delete the account's own preset with its shares; the messages that showed it, None where it has none.

        The operator's presets are nobody's own here.
        """
