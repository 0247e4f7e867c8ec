"""The port behind which it is found what is no longer needed, and what has fallen behind."""

from dataclasses import dataclass
from typing import Literal, Protocol, get_args
from uuid import UUID

from core.kicks import Take
from core.stores.takes import Doubts

Old = Literal[
    "closed jobs",
    "counts of past days",
    "heard events",
    "link codes",
    "wrong link codes",
    "messages to remove",
    "notifications",
]
"""What goes by its age alone."""

OLD: tuple[Old, ...] = get_args(Old)


@dataclass(frozen=True, slots=True)
class Trash:
    """Paths that are due and that no take or kick uses; whether there may be more."""

    paths: list[str]
    more: bool


class Sweepings(Doubts, Protocol):
    """What is no longer needed, and what has fallen behind, by the database's clock.

    Whatever returns a bool does at most `count` rows and tells whether there may be more.
    """

    async def lead(self, worker: UUID, lease: float, rest: float = 0) -> bool:
        """Let that worker sweep for `lease` seconds from now, and no other.

        False while another does, and where some worker has swept to the end within the last `rest` seconds.
        """

    async def swept(self, worker: UUID) -> None:
        """That worker has swept to the end."""

    async def expire_takes(self, count: int) -> bool:
        """Delete takes that have expired and put their files into the trash."""

    async def doubted(self, count: int) -> list[Take]:
        """Some takes of whose sounds it is doubted that they are there, others each time."""

    async def end_jobs(self, count: int) -> bool:
        """End open jobs that nobody has gone on with for a day, as failed ones or, where they are made, as shown."""

    async def leave_places(self, count: int) -> bool:
        """Drop shares and rules of places that the bot has left, and has not come back to in time."""

    async def forget(self, what: Old, count: int) -> bool:
        """Delete what is too old to be of use."""

    async def list_operators(self, count: int) -> bool:
        """Show what operators share in the web app everywhere, and nothing else so."""

    async def refresh_shares(self, count: int, after: int = 0) -> int | None:
        """Bring up to date what shares are filtered by, after changes in the web app; the operator's presets too.

        It goes through the shares in order, from behind the one called `after`; where there may be more, it returns
        the one to go on after.
        """

    async def trash(self, count: int) -> Trash:
        """Some of what is to be removed; look at up to `count` paths for that."""

    async def postpone(self, paths: list[str], days: int) -> None:
        """The files at `paths` cannot be removed: try again in so many days."""

    async def emptied(self, paths: list[str]) -> None:
        """The files at `paths` are removed."""
