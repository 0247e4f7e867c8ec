"""`kickbot run`: the HTTP server and every platform that has a token, until it is told to stop."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager, ExitStack
from logging import getLogger
from pathlib import Path

from bots.cli import signals, start_block
from bots.composition import discord_platform, slack_platform
from bots.composition.kickbot import Kickbot, open_kickbot
from bots.settings import Settings
from core import errors

log = getLogger(__name__)

ANYWHERE = "0.0.0.0"  # noqa: S104  # a container's port is reached from outside; ALLOWED_HOSTS guards it

Surface = AbstractAsyncContextManager[None]


async def run(settings: Settings, env_file: Path | None) -> int:
    """Serve until SIGTERM, SIGINT or SIGHUP; then leave what is open to the next process.

    Such a signal cancels the opening while it lasts. A further one ends what takes too long to stop. What it runs with
    is logged first; `env_file` is the file of settings that was read.
    """
    stop, slack = asyncio.Event(), slack_platform.side(settings)
    with ExitStack() as hearing:
        tables = slack.tables if slack else ()
        async with open_kickbot(settings, ANYWHERE, tables=tables, is_draining=stop.is_set) as kickbot:
            _tell_start(kickbot, env_file)
            hearing.enter_context(signals.heard_once(signals.ENDINGS, lambda _: stop.set()))
            surfaces = [slack.joined(kickbot)] if slack else []
            if settings.discord_token is not None:
                surfaces.append(discord_platform.joined(settings, kickbot))
            await _serve(kickbot, surfaces, stop)
    return 0


async def _serve(kickbot: Kickbot, surfaces: Sequence[Surface], stop: asyncio.Event) -> None:
    beside = [asyncio.create_task(each) for each in kickbot.upkeep()]
    try:
        await listen(surfaces, stop, lambda: _tell(kickbot))
        log.info("Kickbot stops")
    finally:
        for task in beside:
            task.cancel()
        await asyncio.gather(*beside, return_exceptions=True)
        await kickbot.studio.release()


async def listen(surfaces: Sequence[Surface], stop: asyncio.Event, ready: Callable[[], None]) -> None:
    """Listen on all surfaces until `stop`; `ready` is called when all are joined.

    All are left at once, as each may take its time to finish what it shows; one that is not joined by then is given up.
    What one of them raises ends all.
    """
    try:
        async with asyncio.TaskGroup() as group:
            joined = [asyncio.Event() for _ in surfaces]
            joining = [
                group.create_task(_join(surface, event, stop)) for surface, event in zip(surfaces, joined, strict=True)
            ]
            telling = group.create_task(_tell_when(joined, ready))
            await stop.wait()
            telling.cancel()
            for task, event in zip(joining, joined, strict=True):
                if not event.is_set():
                    task.cancel()
    except ExceptionGroup as ended:
        known: Exception | None = ended.subgroup(errors.KickbotError)
        while isinstance(known, ExceptionGroup):
            known = known.exceptions[0]
        if known is None:
            raise
        raise known from None


def _tell_start(kickbot: Kickbot, env_file: Path | None) -> None:
    settings, engine = kickbot.settings, kickbot.services.engine.name
    listening = settings.host or ANYWHERE
    log.info(start_block.text(settings, env_file=env_file, engine=engine, address=kickbot.address, listening=listening))
    for warning in start_block.warnings(settings):
        log.warning(warning)


def _tell(kickbot: Kickbot) -> None:
    log.info("Kickbot serves %s with the engine %s", kickbot.address, kickbot.services.engine.name)


async def _tell_when(joined: Sequence[asyncio.Event], ready: Callable[[], None]) -> None:
    for event in joined:
        await event.wait()
    ready()


async def _join(surface: Surface, joined: asyncio.Event, stop: asyncio.Event) -> None:
    async with surface:
        joined.set()
        await stop.wait()
