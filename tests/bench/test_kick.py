"""From request to finished reply: how long, how many statements, how long the event loop is blocked."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import uuid4

import pytest

from core.engine import Engine
from core.kicks import Take
from core.making import prompts
from core.making.studio import Limits, Studio
from db.accounts.people import People
from db.jobs import Jobs
from db.postgres import pool
from db.postgres.database import Database
from db.storage import folder
from gpu.synth.engine import SynthEngine
from tests import wire
from tests.bench.measuring import percentiles, tell, watched_loop
from tests.core.people import KEYS, actor
from tests.fakes.engine import FakeEngine, decaying_sine

pytestmark = [pytest.mark.bench, pytest.mark.timeout(600)]

NO_LIMIT = 1_000_000


@asynccontextmanager
async def studio(target: pool.Target, files: Path, engine: Engine) -> AsyncIterator[Studio]:
    async with pool.open_pool(target) as connections:
        database = Database(connections)
        store = await folder.open_folder(files, "http://localhost")
        limits = Limits(daily=NO_LIMIT, everyone=NO_LIMIT)
        yield Studio(engine, store, Jobs(database), People(database, KEYS), limits)


async def kick(studio: Studio, name: str = "ada") -> float:
    """One whole `/kick hit house` of somebody; the seconds it took."""
    before = time.perf_counter()
    [job] = await studio.order(actor(name), prompts.Request(), event_id=uuid4().hex)
    async for step in studio.make(job):
        if isinstance(step, Take):
            await studio.delivered(job, str(job.id))
    return time.perf_counter() - before


def instant_engine() -> FakeEngine:
    """An engine that takes no time at all."""
    sound = decaying_sine(1)
    return FakeEngine(render=lambda _: sound)


async def test_request_to_finished_reply_without_the_engine(target: pool.Target, tmp_path: Path) -> None:
    async with studio(target, tmp_path, instant_engine()) as one:
        await kick(one)
        tell("one at a time, same person", percentiles([await kick(one) for _ in range(60)]), "p95 < 60 ms")
        names = [f"p{i}" for i in range(50)]
        await asyncio.gather(*(kick(one, name) for name in names))
        async with watched_loop() as blocks:
            times = [each for _ in range(4) for each in await asyncio.gather(*(kick(one, name) for name in names))]
        tell("50 at once, 50 people", percentiles(times))
        tell("longest block of the event loop meanwhile", f"{blocks.longest * 1000:.1f} ms", "< 20 ms")


async def test_kicks_a_second_with_synth(target: pool.Target, tmp_path: Path) -> None:
    async with studio(target, tmp_path, SynthEngine()) as one:
        await kick(one)
        async with watched_loop() as blocks:
            before = time.perf_counter()
            times = [each for _ in range(5) for each in await asyncio.gather(*(kick(one, f"p{i}") for i in range(10)))]
            seconds = time.perf_counter() - before
        tell("synth, 10 at once", f"{len(times) / seconds:.1f} kicks/s  {percentiles(times)}")
        tell("longest block of the event loop meanwhile", f"{blocks.longest * 1000:.1f} ms", "< 20 ms")


async def test_three_hundred_at_once_over_thirty_milliseconds(target: pool.Target, tmp_path: Path) -> None:
    async def travel() -> None:
        await asyncio.sleep(0.03)

    async with wire.kept_waiting(target, travel) as far, studio(far, tmp_path, instant_engine()) as one:
        ends = await asyncio.gather(*(kick(one, f"p{i}") for i in range(300)), return_exceptions=True)
    times = [end for end in ends if isinstance(end, float)]
    tell("300 at once over 30 ms, 300 new people: made", f"{len(times)} of 300  {percentiles(times)}", "all")


async def test_statements_and_round_trips_of_one_kick(target: pool.Target, tmp_path: Path) -> None:
    async with wire.counted(target) as (relayed, count), studio(relayed, tmp_path, instant_engine()) as one:
        await kick(one)
        count.reset()
        await kick(one)
    tell("statements of one /kick", f"{len(count.statements)} beside {count.boundaries}", "at most 6")
    tell("round trips of one /kick", f"{count.trips}")
