"""The port behind which jobs are kept."""

from collections.abc import Collection
from typing import Protocol
from uuid import UUID

from core.jobs import Ask, Job, Start, State
from core.kicks import Take


class Jobs(Protocol):
    """Jobs. What a worker may do with one ends when its lease does: then `errors.LeaseLost`."""

    async def file(self, ask: Ask, worker: UUID, lease: float) -> list[Job] | None:
        """A leased job for each seed of `ask`; none where the event was filed before; None where the asker is new.

        However often the line breaks, what this call has filed is what it gives, and no other call does.

        `lease` is in seconds. Raises `errors.AlreadyMaking` where a job of the same asker from the same card is open.
        """

    async def start(self, job: Job, worker: UUID, start: Start) -> Job:
        """Count the job and let it run, both or neither; its placeholder is noted where it has got one since.

        The same `start` again changes nothing. Raises `errors.QuotaReached`, `errors.PlaceQuotaReached`,
        `errors.GlobalQuotaReached`, `errors.Cancelled`, `errors.LeaseLost`.
        """

    async def withdraw(self, application: str, event_id: str, worker: UUID, sentence: str) -> None:
        """End what the worker has filed for the event, and not begun."""

    async def placed(self, job: Job, worker: UUID) -> State | None:
        """Note the placeholder of the worker's job, if it is open; its state, None where it is not the worker's now."""

    async def submitted(self, job: Job, worker: UUID, engine: str, call_id: str) -> None:
        """Note under which id which engine works on the job. Raises `errors.Cancelled` or `errors.LeaseLost`."""

    async def finish(self, job: Job, worker: UUID, take: Take) -> Take:
        """Record the take, whose life begins now, and close the making, both or neither.

        Raises `errors.Cancelled` or `errors.LeaseLost`.
        """

    async def take_of(self, job: Job) -> Take | None:
        """What the job made, None where that was deleted since."""

    async def delivered(self, job: Job, messages: tuple[str, ...]) -> None:
        """The asker has seen it, in the messages with those ids where there are any."""

    async def fail(self, job: Job, worker: UUID, sentence: str) -> bool:
        """End the job, give its attempt back, throw its object away; True also where it ended already.

        False where it goes on: its take is recorded, or another worker has it.
        """

    async def cancel(self, job: Job, account: int) -> str | None:
        """End the open job of that account, which stays counted; the engine's call id where there is one.

        Raises `errors.NotYours` where the job is not that account's.
        """

    async def take_over(self, application: str, worker: UUID, lease: float, but: Collection[int]) -> list[Job]:
        """Lease the open jobs of that application whose lease has ended, but for those with the ids `but`."""

    async def renew(self, worker: UUID, lease: float, ids: Collection[int]) -> None:
        """Extend the worker's leases of the jobs with these ids to `lease` seconds from now."""

    async def release(self, worker: UUID) -> None:
        """End all leases of the worker, so that another may go on at once."""
