"""The port behind which takes are kept."""

from typing import Protocol

from core.kicks import Take


class Takes(Protocol):
    """Takes, asked for by the account they belong to."""

    async def recent(self, account: int, count: int, before: int | None = None) -> list[Take]:
        """The newest `count` takes that have not expired, older than the take with the id `before`."""
