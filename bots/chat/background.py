"""What goes on beside everything else, such as what follows the acknowledgement of a request."""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, field
from logging import getLogger

log = getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Background:
    """Tasks that nobody else keeps track of. An error that ends one is logged."""

    running: set[asyncio.Task[None]] = field(default_factory=set)

    def start(self, work: Coroutine[None, None, None]) -> None:
        """Run it as a task."""
        task = asyncio.create_task(work)
        self.running.add(task)
        task.add_done_callback(self._done)

    async def close(self, seconds: float) -> None:
        """Give what is running so long to end; the rest is cancelled."""
        await asyncio.sleep(0)  # What was begun just now may have yet to get here.
        if self.running:
            _, late = await asyncio.wait(set(self.running), timeout=seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    def _done(self, task: asyncio.Task[None]) -> None:
        self.running.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("something ended with an error", exc_info=error)
