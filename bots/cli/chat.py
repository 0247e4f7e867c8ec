"""`kickbot chat` and `kickbot demo`: the console, with all of Kickbot behind it."""

import asyncio
import getpass
import os
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from bots import output
from bots.composition.kickbot import Kickbot, limits_of, open_kickbot
from bots.console import own_commands, playing, saving
from bots.console import terminal as chatting
from bots.console.screen import JsonScreen, Screen, TextScreen
from bots.console.surface import Console
from bots.console.whereabouts import Whereabouts
from bots.settings import Settings
from core import errors
from core.making.studio import Limits
from core.people import Actor, Person, Place

FIRST = "/kick hit house"


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is asked for on the command line.

    `lines` are run in place of those of the terminal or of standard input, `speaker` speaks instead of this machine's
    user, and each sound that is shown is written to `folder`.
    """

    lines: tuple[str, ...] = ()
    as_json: bool = False
    play: bool = False
    speaker: str | None = None
    folder: Path | None = None


async def demo(settings: Settings) -> int:
    """Make the first kick; in a terminal stay for more. What is made does not count."""
    limits = replace(_limits(settings), counted=False)
    async with _console(settings, limits, Wishes()) as (kickbot, console):
        where = f", files at {kickbot.address}" if _live() else ""
        output.write(f"Kickbot {kickbot.services.engine.name}{where}\n> {FIRST}\n")
        worked = await console.run(FIRST)
        if _live():
            output.write("Type more, /help or exit. Words complete with Tab.\n")
            await chatting.chat(console, settings.kickbot_data / "history")
        return 0 if worked else 1


async def chat(settings: Settings, wishes: Wishes) -> int:
    """Run the lines; 1 where one of them did not work. Raises `errors.OutputLost`, `errors.BadSetting`."""
    if not all(line.strip() for line in wishes.lines):
        raise errors.BadSetting(name="-c", problem='needs a line to run, as in -c "/kick hit house"')
    if wishes.folder:
        wishes = replace(wishes, folder=await asyncio.to_thread(saving.made, wishes.folder))
    async with _console(settings, _limits(settings), wishes) as (_, console):
        if wishes.speaker:
            console.actor = console.spoken_by(wishes.speaker)
        if wishes.lines:
            return 0 if await _run(console, wishes.lines) else 1
        if _live() and not wishes.as_json:
            await chatting.chat(console, settings.kickbot_data / "history")
            return 0
        return 0 if await chatting.lines(console) else 1


async def _run(console: Console, lines: tuple[str, ...]) -> bool:
    worked = True
    for line in lines:
        if own_commands.leaves(line):
            break
        worked &= await console.run(line)
    return worked


@asynccontextmanager
async def _console(settings: Settings, limits: Limits, wishes: Wishes) -> AsyncIterator[tuple[Kickbot, Console]]:
    async with AsyncExitStack() as stack:
        kickbot = await stack.enter_async_context(open_kickbot(settings, any_port=True, limits=limits))
        name = user_name()
        place = Place(kickbot.console, "console", id="console", channel="console")
        actor = Actor(Person("console", "", name, name), place, moderator=True, admin=True)
        console = Console(kickbot.services, actor, _screen(kickbot, wishes), _player(wishes), wishes.folder)
        stack.push_async_callback(kickbot.studio.release)
        deliveries = console.deliveries
        for beside in (*kickbot.upkeep(), console.take_over(deliveries)):
            stack.push_async_callback(_stop, asyncio.create_task(beside))
        stack.push_async_callback(deliveries.close, 0)
        yield kickbot, console


def _screen(kickbot: Kickbot, wishes: Wishes) -> Screen:
    """Links that this process serves are told to who reads them while it does."""
    read_now = not wishes.lines and (wishes.as_json or _live())
    where = Whereabouts(kickbot.find, served=read_now or kickbot.served_elsewhere)
    return JsonScreen(where) if wishes.as_json else TextScreen(_live(), where)


def _player(wishes: Wishes) -> playing.Player | None:
    player = playing.find() if wishes.play else None
    if wishes.play and player is None:
        known = ", ".join(command[0] for command in playing.PLAYERS)
        sys.stderr.write(f"kickbot: nothing is played, as no player is found; one of these would do: {known}\n")
    return player


def user_name() -> str:
    """This machine's user, by number where no name goes with it."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return str(os.getuid())


def _limits(settings: Settings) -> Limits:
    """Whose database it is may make as many kicks as they like, unless they have set a limit themselves."""
    limits, is_set = limits_of(settings), "kickbot_daily_limit" in settings.model_fields_set
    return limits if settings.db_host or is_set else replace(limits, daily=None)


async def _stop(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


def _live() -> bool:
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))
