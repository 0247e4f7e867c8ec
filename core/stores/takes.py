"""The port behind which takes are kept."""

from typing import Protocol

from core.kicks import Take


class Doubts(Protocol):
    """Takes of whose sounds it is doubted that they are there."""

    async def settle(self, take: Take, *, there: bool) -> None:
        """Doubt it no more, or drop the take where its sound is gone; nothing where it is doubted anew since."""


class Takes(Doubts, Protocol):
    """Takes, asked for by the account they belong to."""

    async def recent(self, account: int, count: int, before: int | None = None) -> list[Take]:
        """The newest `count` takes that have not expired, older than the take with the id `before`."""
