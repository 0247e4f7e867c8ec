"""The deliveries of one surface: started, taken over, and at the end waited for."""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import ExitStack
from dataclasses import dataclass, field
from logging import getLogger
from typing import Any

from bots.chat.background import Background
from core.jobs import Job
from core.making.studio import Studio

log = getLogger(__name__)

Deliver = Callable[[Job], Coroutine[Any, Any, object]]


@dataclass(slots=True)
class Deliveries:
    """Runs `deliver` for jobs. `deliver` tells its user of errors and raises none."""

    studio: Studio
    deliver: Deliver
    background: Background = field(default_factory=lambda: Background("a delivery"))

    @property
    def pause(self) -> float:
        """Seconds from one look at what other processes have left to the next."""
        return self.studio.limits.lease / 2

    @property
    def running(self) -> set[asyncio.Task[object]]:
        """What is being delivered."""
        return self.background.running

    def start(self, job: Job) -> asyncio.Task[object]:
        """Deliver the job beside everything else."""
        held = ExitStack()
        held.enter_context(self.studio.holding(job))
        delivering = self.background.start(self.deliver(job))
        delivering.add_done_callback(lambda _: held.close())
        return delivering

    async def take_over(self, application: str) -> None:
        """Start what other processes have left of that application's. Raises `errors.DatabaseUnavailable`."""
        for job in await self.studio.take_over(application):
            log.info("job %s is taken over", job.id)
            self.start(job)

    async def close(self, seconds: float) -> None:
        """Give what is running `seconds` to be shown; the rest is left to be taken over."""
        await self.background.close(seconds)
