"""The ports behind which rows are kept. Each may raise `errors.DatabaseUnavailable`."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from core.jobs import Ask, Job, Start
from core.kicks import Take
from core.people import Person


@dataclass(frozen=True, slots=True)
class Posted:
    """A message in a channel that shows something of ours."""

    application: str
    channel: str
    message: str


class People(Protocol):
    """Identities and the accounts they belong to."""

    async def account(self, person: Person) -> int | None:
        """The account of `person`, None where they have not used Kickbot yet."""

    async def enrol(self, person: Person) -> int:
        """The account of `person`, made where there is none."""


class Jobs(Protocol):
    """Jobs. What a worker may do with one ends when its lease does: then `errors.LeaseLost`."""

    async def file(self, ask: Ask, worker: UUID, lease: float) -> list[Job] | None:
        """A leased job for each seed of `ask`; none where the event was filed before; None where the asker is new.

        `lease` is in seconds. Raises `errors.AlreadyMaking` where a job of the same asker from the same card is open.
        """

    async def start(self, job: Job, worker: UUID, start: Start) -> Job:
        """Count the job and let it run, both or neither.

        Raises `errors.QuotaReached`, `errors.GlobalQuotaReached`, `errors.Cancelled`, `errors.LeaseLost`.
        """

    async def submitted(self, job: Job, worker: UUID, engine: str, call_id: str) -> None:
        """Note under which id which engine works on the job."""

    async def finish(self, job: Job, worker: UUID, take: Take) -> Take:
        """Record the take and close the making, both or neither. Raises `errors.Cancelled` or `errors.LeaseLost`."""

    async def take_of(self, job: Job) -> Take | None:
        """What the job made, None where that was deleted since."""

    async def delivered(self, job: Job, message: str | None) -> None:
        """The asker has seen it, in the message with that id where there is one."""

    async def fail(self, job: Job, worker: UUID, sentence: str) -> None:
        """End the job, give its attempt back, throw its object away. No error where it ended already."""

    async def cancel(self, job: Job, account: int) -> str | None:
        """End the open job of that account, which stays counted; the engine's call id where there is one."""

    async def take_over(self, application: str, worker: UUID, lease: float) -> list[Job]:
        """Lease the open jobs of that application whose lease has ended."""

    async def renew(self, worker: UUID, lease: float) -> None:
        """Extend all leases of the worker to `lease` seconds from now."""

    async def release(self, worker: UUID) -> None:
        """End all leases of the worker, so that another may go on at once."""


class Takes(Protocol):
    """Takes, asked for by the account they belong to."""

    async def recent(self, account: int, count: int, before: int | None = None) -> list[Take]:
        """The newest `count` takes that have not expired, older than the take with the id `before`."""

    async def named(self, account: int, name: str) -> Take | None:
        """The account's take with that name, with or without the names' prefix."""

    async def kept(self, account: int) -> int:
        """How many kicks the account's library holds."""

    async def delete(self, account: int, take: int) -> list[Posted] | None:
        """Delete the account's take, throw its file away; the messages that showed it, None where there was none."""


class Sweepings(Protocol):
    """What is no longer needed."""

    async def expire_takes(self, now: datetime) -> None:
        """Delete takes that have expired and put their files into the trash, but for those that a kick still uses."""

    async def forget_old(self, now: datetime, days: int) -> None:
        """Delete closed jobs, messages and usage that are older than `days`."""

    async def trash(self, now: datetime, count: int) -> list[str]:
        """Up to `count` paths that are due and that no take or kick uses."""

    async def emptied(self, paths: list[str]) -> None:
        """The files at `paths` are removed."""
