"""Sweeping after a long time without: how long each batch keeps the database, and what a sweep costs for nothing."""

import time
from collections.abc import AsyncIterator

import asyncpg
import pytest

from core.library.sweeping import Sweeper
from db.postgres import pool
from db.postgres.database import Call, Database, Result
from db.sweepings import Sweepings
from tests.bench import sharing
from tests.bench.measuring import percentiles, tell
from tests.db.filling import Filling, expired
from tests.fakes.files import MemoryFiles

pytestmark = [pytest.mark.bench, pytest.mark.timeout(1800)]

DUE = 420_000


class Timed(Database):
    """A database that notes how long its statements take."""

    def __init__(self, connections: asyncpg.Pool) -> None:
        super().__init__(connections)
        self.times: dict[str, list[float]] = {}

    async def _run(self, sql: str, call: Call[Result]) -> Result:
        before = time.perf_counter()
        try:
            return await super()._run(sql, call)
        finally:
            self.times.setdefault(sql.strip().splitlines()[0], []).append(time.perf_counter() - before)


@pytest.fixture
async def timed(target: pool.Target) -> AsyncIterator[Timed]:
    async with pool.open_pool(target, seconds=600) as connections:
        yield Timed(connections)


async def swept(database: Timed, what: str) -> None:
    """Sweep, and tell how long all of it took and the longest of its statements."""
    database.times.clear()
    before = time.perf_counter()
    await Sweeper(Sweepings(database), MemoryFiles()).sweep()
    seconds = time.perf_counter() - before
    every = [each for times in database.times.values() for each in times]
    slowest = max(database.times, key=lambda sql: max(database.times[sql]))
    tell(what, f"{seconds:.1f} s, {len(every)} statements, {percentiles(every)}, longest {max(every) * 1000:.0f} ms")
    print(f"  the longest: {slowest}")


async def test_takes_that_are_due(timed: Timed) -> None:
    await expired(timed, await Filling(timed).user(), DUE)
    await timed.execute("VACUUM ANALYZE")
    await swept(timed, f"{DUE:,} takes due, with messages and files")
    assert await timed.fetchval("SELECT count(*) FROM kickbot.trash") == 0
    await swept(timed, "nothing due")


async def test_shares(timed: Timed) -> None:
    await sharing.fill(timed, 100_000)
    await swept(timed, "100,000 shares, all of them to be copied")
    await timed.execute("VACUUM ANALYZE")
    await timed.execute("UPDATE presets_preset SET updated_at = now() WHERE id % 1000 = 1")
    await swept(timed, "100,000 shares, 100 presets changed")
    await swept(timed, "100,000 shares, none changed")
