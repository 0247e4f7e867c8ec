"""What goes on after a request was acknowledged: Bolt does not keep track of it, and the end of the process must."""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, field
from logging import getLogger

log = getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Chores:
    """Work beside everything else, at the end waited for."""

    running: set[asyncio.Task[None]] = field(default_factory=set)

    def start(self, work: Coroutine[None, None, None]) -> None:
        """Have it done."""
        task = asyncio.create_task(work)
        self.running.add(task)
        task.add_done_callback(self._done)

    async def close(self, seconds: float) -> None:
        """Give what is running so long to end; the rest is cancelled."""
        await asyncio.sleep(0)  # Bolt may have a request in hand that has yet to become a chore.
        if self.running:
            _, late = await asyncio.wait(set(self.running), timeout=seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    def _done(self, task: asyncio.Task[None]) -> None:
        self.running.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("something ended with an error", exc_info=error)
