"""`kickbot chat` and `kickbot demo`: the console, with all of Kickbot behind it."""

import asyncio
import getpass
import os
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress

from bots.composition.kickbot import Kickbot, open_kickbot
from bots.console import playing
from bots.console import terminal as chatting
from bots.console.screen import JsonScreen, Screen, TextScreen
from bots.console.surface import Console
from bots.settings import Settings
from core.people import Actor, Person, Place

FIRST = "/kick hit house"


async def demo(settings: Settings) -> int:
    """Make the first kick; in a terminal stay for more."""
    async with _console(settings, TextScreen(_live()), play=False) as (kickbot, console):
        sys.stdout.write(f"Kickbot {kickbot.services.engine.name}, files at {kickbot.address}\n> {FIRST}\n")
        sys.stdout.flush()
        worked = await console.run(FIRST)
        if _live():
            sys.stdout.write("Type more, /help or exit. Words complete with Tab.\n")
            await chatting.chat(console, settings.kickbot_data / "history")
        return 0 if worked else 1


async def chat(settings: Settings, lines: list[str], *, as_json: bool, play: bool, speaker: str | None = None) -> int:
    """Run the given lines, else those of the terminal or of standard input; 1 where one of them did not work.

    `speaker` speaks instead of this machine's user.
    """
    screen: Screen = JsonScreen() if as_json else TextScreen(_live())
    async with _console(settings, screen, play=play) as (_, console):
        if speaker:
            console.actor = console.spoken_by(speaker)
        if lines:
            return 0 if all([await console.run(line) for line in lines]) else 1
        if _live() and not as_json:
            await chatting.chat(console, settings.kickbot_data / "history")
            return 0
        return 0 if await chatting.lines(console) else 1


@asynccontextmanager
async def _console(settings: Settings, screen: Screen, *, play: bool) -> AsyncIterator[tuple[Kickbot, Console]]:
    async with AsyncExitStack() as stack:
        kickbot = await stack.enter_async_context(open_kickbot(settings, any_port=True))
        name = user_name()
        place = Place(kickbot.console, "console", id="console", channel="console")
        actor = Actor(Person("console", "", name, name), place, moderator=True, admin=True)
        console = Console(kickbot.services, actor, screen, playing.find() if play else None)
        stack.push_async_callback(kickbot.studio.release)
        deliveries = console.deliveries
        for beside in (*kickbot.upkeep(), console.take_over(deliveries)):
            stack.push_async_callback(_stop, asyncio.create_task(beside))
        stack.push_async_callback(deliveries.close, 0)
        yield kickbot, console


def user_name() -> str:
    """This machine's user, by number where no name goes with it."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return str(os.getuid())


async def _stop(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


def _live() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()
