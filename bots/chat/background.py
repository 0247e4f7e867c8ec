"""What goes on beside everything else: once, such as what follows an acknowledgement, or again and again."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from logging import getLogger
from typing import Any

log = getLogger(__name__)


@dataclass(slots=True)
class Background:
    """Tasks that nobody else keeps track of. An error that ends one is logged, as that of `what`."""

    what: str = "something"
    running: set[asyncio.Task[object]] = field(default_factory=set)

    def start(self, work: Coroutine[Any, Any, object]) -> asyncio.Task[object]:
        """Run it as a task."""
        task = asyncio.create_task(work)
        self.running.add(task)
        task.add_done_callback(self._done)
        return task

    async def close(self, seconds: float) -> None:
        """Give what is running so long to end; the rest is cancelled."""
        await asyncio.sleep(0)  # What was begun just now may have yet to get here.
        if self.running:
            _, late = await asyncio.wait(set(self.running), timeout=seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    def _done(self, task: asyncio.Task[object]) -> None:
        self.running.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("%s ended with an error", self.what, exc_info=error)


async def repeat(work: Callable[[], Awaitable[object]], pause: float, failed: str) -> None:
    """Do it now and `pause` seconds after each time, until cancelled.

    An error leaves it to the next time, and is logged behind `failed`: a sentence such as "nothing is done for now".
    """
    while True:
        try:
            await work()
        except Exception as error:
            log.warning("%s: %r", failed, error)
        await asyncio.sleep(pause)
