"""What is done again and again beside everything else."""

import asyncio
from collections.abc import Awaitable, Callable
from logging import getLogger

log = getLogger(__name__)


async def repeat(work: Callable[[], Awaitable[object]], pause: float) -> None:
    """Do it now and `pause` seconds after each time, until cancelled; an error leaves it to the next time."""
    while True:
        try:
            await work()
        except Exception as error:
            log.warning("something is left to be done later: %r", error)
        await asyncio.sleep(pause)
