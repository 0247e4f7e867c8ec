"""`kickbot run`: the HTTP server and every platform that has a token, until it is told to stop."""

import asyncio
import signal
from contextlib import suppress
from logging import getLogger

from bots.opening import open_kickbot
from bots.settings import Settings

log = getLogger(__name__)


async def run(settings: Settings) -> int:
    """Serve until SIGTERM or SIGINT; then leave what is open to the next process."""
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with open_kickbot(settings) as kickbot:
        beside = [asyncio.create_task(each) for each in kickbot.upkeep()]
        log.info("Kickbot serves %s with the engine %s", kickbot.address, kickbot.studio.engine.name)
        await stop.wait()
        log.info("Kickbot stops")
        for task in beside:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        await kickbot.studio.release()
    return 0
