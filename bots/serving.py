"""`kickbot run`: the HTTP server and every platform that has a token, until it is told to stop."""

import asyncio
import signal
from contextlib import AsyncExitStack
from logging import getLogger

from bots import discording, slacking
from bots.opening import open_kickbot
from bots.settings import Settings

log = getLogger(__name__)


async def run(settings: Settings) -> int:
    """Serve until SIGTERM or SIGINT; then leave what is open to the next process."""
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    slack = slacking.side(settings)
    async with open_kickbot(settings, tables=slack.tables if slack else ()) as kickbot:
        beside = [asyncio.create_task(each) for each in kickbot.upkeep()]
        async with AsyncExitStack() as surfaces:
            if slack is not None:
                await surfaces.enter_async_context(slack.joined(kickbot))
            if settings.discord_token is not None:
                await surfaces.enter_async_context(discording.joined(settings, kickbot))
            log.info("Kickbot serves %s with the engine %s", kickbot.address, kickbot.studio.engine.name)
            await stop.wait()
            log.info("Kickbot stops")
        for task in beside:
            task.cancel()
        await asyncio.gather(*beside, return_exceptions=True)
        await kickbot.studio.release()
    return 0
