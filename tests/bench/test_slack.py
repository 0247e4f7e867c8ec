"""A hundred slash commands at once: how soon Slack has its answer, and everybody their kick."""

import asyncio
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager

import aiohttp
import pytest
from pydantic import SecretStr

from bots.chat.notifications import Notifications
from bots.slack import start
from bots.slack.api import Api
from bots.slack.http_mode import EVENTS, HttpMode
from bots.slack.single_workspace import SingleWorkspace
from bots.slack.surface import Surface
from bots.web import app, server
from bots.web.options import WebOptions
from core.engine import Engine
from core.making.studio import Limits
from db import seen_events
from db.accounts.notifications import NotificationRows
from db.postgres.database import Database
from gpu.synth.engine import SynthEngine
from tests.bench.measuring import percentiles, tell, watched_loop
from tests.bots.slack.office import Office, PublicFiles
from tests.core.library.shop import Shop
from tests.fakes.engine import FakeEngine, decaying_sine
from tests.fakes.slack import people
from tests.fakes.slack.__main__ import PEOPLE
from tests.fakes.slack.world import World

pytestmark = pytest.mark.bench

Who = Callable[[str, int], people.Somebody]
"""Somebody by their id, and how often Slack tells what they do."""


@asynccontextmanager
async def slack() -> AsyncIterator[str]:
    """A Slack in another process; its address."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.fakes.slack"), stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stdin is not None
    yield (await process.stdout.readline()).decode().strip()
    process.stdin.close()
    await process.wait()


@asynccontextmanager
async def bot(
    database: Database, engine: Engine
) -> AsyncIterator[tuple[Surface, Callable[[str, int], people.Somebody]]]:
    """A bot at work, and people who talk to it."""
    shop = Shop(database, files=PublicFiles(), limits=Limits(daily=10_000, everyone=1_000_000))
    async with AsyncExitStack() as stack:
        address = await stack.enter_async_context(slack())
        session = await stack.enter_async_context(aiohttp.ClientSession())
        requests = await stack.enter_async_context(aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)))
        api = Api(session, f"{address}/api/")
        office = Office(World(address=address), None, shop, session, engine=engine)  # type: ignore[arg-type]
        workspaces = SingleWorkspace(api, SecretStr("xoxb-1"))
        notifications = Notifications(NotificationRows(office.shop.database))
        dependencies = start.Dependencies(office.services(), seen_events.SeenEvents(database), notifications)
        here = start.surface(dependencies, api, workspaces, start.Timing())
        http_mode = HttpMode(people.SECRET)
        serving = server.serve(app.web_app(WebOptions(""), {}, [http_mode.routes()]), "127.0.0.1", 0)
        port = await stack.enter_async_context(serving)
        await stack.enter_async_context(start.running(here, start.Connections(http_mode)))
        line = people.HttpLine(requests, f"http://127.0.0.1:{port}{EVENTS}")
        yield here, lambda user, times: people.Somebody(office.world, line, user, user.lower(), times=times)


async def wait(here: Surface) -> None:
    while running := {*here.background.running, *here.deliveries.running}:
        await asyncio.wait(running)


async def kicks(here: Surface, who: Who) -> tuple[list[float], float]:
    """Everybody asks at once: the seconds to each answer, and until all kicks are there."""

    async def ask(number: int) -> float:
        before = time.perf_counter()
        await who(f"U{number}", 1).command("hit house", "Cgeneral")
        return time.perf_counter() - before

    before = time.perf_counter()
    answers = await asyncio.gather(*(ask(number) for number in range(PEOPLE)))
    await wait(here)
    return answers, time.perf_counter() - before


@pytest.mark.parametrize("name", ["no time", "synth"])
async def test_a_hundred_slash_commands_at_once(database: Database, name: str) -> None:
    sound = decaying_sine(1)
    engine: Engine = SynthEngine() if name == "synth" else FakeEngine(render=lambda _: sound)
    async with bot(database, engine) as (here, who):
        await kicks(here, who)
        await database.execute("DELETE FROM kickbot.job")
        async with watched_loop() as blocks:
            answers, seconds = await kicks(here, who)
        found = await database.fetch(
            "SELECT extract(epoch FROM updated_at - created_at)::float8 AS s FROM kickbot.job WHERE state = 'done'"
        )
    assert len(found) == PEOPLE
    tell(f"engine: {name}; to the answer to Slack", percentiles(answers), "p99 < 300 ms")
    tell("to the finished card, its sound uploaded", percentiles([row["s"] for row in found]))
    tell("kicks a second, shared sounds and all", f"{PEOPLE / seconds:.1f}")
    tell("longest block of the event loop meanwhile", f"{blocks.longest * 1000:.1f} ms")


async def test_the_same_event_told_four_times_makes_one_kick(database: Database) -> None:
    async with bot(database, FakeEngine()) as (here, who):
        await who("U1", 4).command("hit house", "Cgeneral")
        await wait(here)
    made = await database.fetchval("SELECT count(*) FROM kickbot.take")
    assert made == 1
    tell("the same event told 4 times makes", f"{made} kick")
