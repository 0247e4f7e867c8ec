"""The deliveries of one surface: started, taken over, and at the end waited for."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from logging import getLogger

from core.jobs import Job
from core.making.studio import Studio

log = getLogger(__name__)

Deliver = Callable[[Job], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Deliveries:
    """Runs `deliver` for the jobs of one bot application. `deliver` tells its user of errors and raises none."""

    studio: Studio
    application: str
    deliver: Deliver
    running: set[asyncio.Task[object]] = field(default_factory=set)

    @property
    def pause(self) -> float:
        """Seconds from one look at what another process has left to the next."""
        return self.studio.limits.lease / 2

    def start(self, job: Job) -> asyncio.Task[object]:
        """Deliver the job beside everything else."""
        task: asyncio.Task[object] = asyncio.ensure_future(self._held(job))
        self.running.add(task)
        task.add_done_callback(self._done)
        return task

    async def take_over(self) -> None:
        """Start what another process has left, now and whenever a lease ends; run it until cancelled."""
        while True:
            await self.take(self.application)
            await asyncio.sleep(self.pause)

    async def take(self, application: str) -> None:
        """Start what another process has left of that application's."""
        try:
            for job in await self.studio.take_over(application):
                log.info("job %s is taken over", job.id)
                self.start(job)
        except Exception as error:
            # Nothing may end this: it is what finishes what another process could not.
            log.warning("nothing is taken over for now: %r", error)

    async def close(self, seconds: float) -> None:
        """Give what is running `seconds` to be shown; the rest is left to be taken over."""
        if not self.running:
            return
        _, late = await asyncio.wait(set(self.running), timeout=seconds)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    async def _held(self, job: Job) -> object:
        with self.studio.holding(job):
            return await self.deliver(job)

    def _done(self, task: asyncio.Task[object]) -> None:
        self.running.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("a delivery ended with an error", exc_info=error)
