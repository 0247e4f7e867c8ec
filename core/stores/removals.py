"""The port behind which it is kept which messages are to be removed."""

from collections.abc import Sequence
from typing import Protocol

from core.messages import Posted


class RemovalRows(Protocol):
    """Messages that showed what is deleted, until they are gone. Deletions note theirs with what they delete."""

    async def add(self, posted: Posted) -> None:
        """Note that the message is to be removed."""

    async def claim(self, applications: Sequence[str], count: int) -> list[Posted]:
        """Up to `count` messages of those applications that are due, which nobody else gets for a minute.

        Each time that a message is claimed, it is twice as long until it is due again.
        """

    async def end(self, posted: Sequence[Posted]) -> None:
        """The messages are gone, or will never be."""
