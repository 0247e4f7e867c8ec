"""One life of a process of Kickbot, from its start until it is killed or its line to the test ends.

The parts are the program's own, put together as `bots.composition.services` does. Slack is the small one of the tests
and Discord is SimCord's; both are served by the test, so that they and what they show outlive every process. The bot
in the process speaks with them over HTTP and a WebSocket, by slack-sdk, Bolt and discord.py themselves.
"""

import asyncio
import random
import socket
import sys
from collections.abc import AsyncGenerator, AsyncIterator, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import aiohttp
from discord.http import Route
from pydantic import SecretStr

from bots.console import terminal
from bots.console.screen import JsonScreen
from bots.console.surface import Console
from bots.discord import start as discord_start
from bots.discord.client import KickbotClient
from bots.slack import start as slack_start
from bots.slack.api import Api
from bots.slack.http_mode import HttpMode
from bots.slack.single_workspace import SingleWorkspace
from bots.web import app, server
from bots.web.options import WebOptions
from core.chat.services import Services
from core.engine import Order, Progress, Rendered
from core.library.sweeping import Sweeper
from core.making.studio import Limits
from core.people import Actor, Person, Place
from db import seen_events
from db.postgres import pool
from db.postgres.database import Database
from db.storage import folder
from db.sweepings import Sweepings
from tests.bots.discord.world import Process
from tests.core.doomed import LastingEngine
from tests.fakes.discord_server import TOKEN
from tests.fakes.slack import people

Surface = Literal["console", "slack", "discord"]

LIMITS = Limits(daily=100_000, everyone=1_000_000, attempts=6, lease=1)
RENDERED_WITHIN = 0.3
SWEPT_EVERY = 0.5
CONSOLE = Place("console:chaos", "console", id="console", channel="console")
PACE = slack_start.Timing(edits=0.1, shares=(0.01,) * 6, names=0.5, settling=0.5)
BOT_TOKEN = "xoxb-1"
READY = b"ready\n"


@dataclass(frozen=True, slots=True)
class Life:
    """What a process is to be. `address` is its platform's API, `port` where it is reached, `name` who sits there."""

    surface: Surface
    target: pool.Target
    files: Path
    address: str = ""
    port: int = 0
    name: str = ""


@dataclass
class DistantEngine(LastingEngine):
    """Takes its time, so that processes die while they wait; another process asks for the same call."""

    async def updates(self, order: Order, call_id: str | None) -> AsyncGenerator[Progress | Rendered]:
        async for step in super().updates(order, call_id):
            await asyncio.sleep(random.uniform(0, RENDERED_WITHIN))
            yield step


def live(life: Life, line: socket.socket) -> None:
    """Say on the `line` that it serves, and do so until the line is closed at the other end."""
    asyncio.run(_live(life, line))


async def _live(life: Life, line: socket.socket) -> None:
    async with pool.open_pool(life.target, size=4) as connections:
        files = await folder.open_folder(life.files, "https://files.example")
        parts = Process(Database(connections), DistantEngine(), files, LIMITS)
        await SURFACES[life.surface](life, parts, line)


async def _console(life: Life, parts: Process, line: socket.socket) -> None:
    """The line is the terminal: commands come in, JSON goes out."""
    sys.stdin, sys.stdout = line.makefile("r"), line.makefile("w", buffering=1)
    services = parts.services()
    console = Console(services, Actor(Person("console", "", life.name, life.name), CONSOLE), JsonScreen())
    async with _upkeep(parts, services, console.take_over(console.deliveries)):
        line.sendall(READY)
        await terminal.lines(console)
        await console.deliveries.close(5)
        await services.studio.release()


async def _slack(life: Life, parts: Process, line: socket.socket) -> None:
    async with AsyncExitStack() as stack:
        session = await stack.enter_async_context(aiohttp.ClientSession())
        api = Api(session, f"{life.address}/api/")
        heard, services = seen_events.SeenEvents(parts.database), parts.services()
        dependencies = slack_start.Dependencies(services, heard, parts.notifications)
        here = slack_start.surface(dependencies, api, SingleWorkspace(api, SecretStr(BOT_TOKEN)), PACE)
        http_mode = HttpMode(people.SECRET)
        web = app.web_app(WebOptions(""), {}, [http_mode.routes()])
        await stack.enter_async_context(server.serve(web, "127.0.0.1", life.port))
        await stack.enter_async_context(_upkeep(parts, services))
        await stack.enter_async_context(slack_start.running(here, slack_start.Connections(http_mode)))
        await _until_closed(line)
    await services.studio.release()


async def _discord(life: Life, parts: Process, line: socket.socket) -> None:
    Route.BASE = life.address
    services = parts.services()
    client = KickbotClient(services, parts.notifications, "kick")
    async with _upkeep(parts, services), discord_start.running(client, TOKEN):
        await client.wait_until_ready()
        await _until_closed(line)
    await services.studio.release()


SURFACES = {"console": _console, "slack": _slack, "discord": _discord}


async def _until_closed(line: socket.socket) -> None:
    """Say that the process serves, and wait for the end."""
    reader, writer = await asyncio.open_connection(sock=line)
    writer.write(READY)
    await reader.read()
    writer.close()


@asynccontextmanager
async def _upkeep(parts: Process, services: Services, *more: Coroutine[None, None, None]) -> AsyncIterator[None]:
    """What runs beside the surface: leases are kept, what is due is swept."""
    sweeper = Sweeper(Sweepings(parts.database), parts.files, every=SWEPT_EVERY, lease=LIMITS.lease)
    tasks = [asyncio.create_task(each) for each in (services.studio.keep_leases(), sweeper.run(), *more)]
    yield
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
