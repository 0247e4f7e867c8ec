"""The port behind which the rules of places are kept."""

from typing import Protocol

from core.rules import Rules


class Places(Protocol):
    """Rules by place. Each method may raise `errors.DatabaseUnavailable`."""

    async def rules(self, platform: str, place: str) -> Rules:
        """The rules of the place; the free ones where none were set."""

    async def set_rules(self, platform: str, place: str, rules: Rules) -> None:
        """Replace the rules of the place."""
