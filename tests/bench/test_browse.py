"""Pages of a place where 100,000 presets are shared: how long, over how many round trips, by which plans."""

import asyncio
import time

import pytest

from core.library import browsing
from core.people import Actor
from db.library import share_pages
from db.postgres import pool
from db.postgres.database import Database
from tests.bench import sharing
from tests.bench.measuring import percentiles, tell
from tests.core.library.shop import Shop
from tests.core.people import actor

pytestmark = [pytest.mark.bench, pytest.mark.timeout(600)]


async def test_pages(target: pool.Target) -> None:
    async with pool.open_pool(target) as connections:
        database = Database(connections)
        before = time.perf_counter()
        await sharing.fill(database, 100_000)
        print(f"\n100,000 shared presets in {time.perf_counter() - before:.0f} s")
        shop = Shop(database)
        await shop.account("ada")
        asker = actor("ada", sharing.PLACE)
        for name, text in sharing.QUERIES.items():
            times = [await timed(shop, asker, text) for _ in range(100)]
            tell(name, percentiles(times[5:]), "p99 < 30 ms")
        tell("ten deep, then back", percentiles(await walked(shop, asker)), "p99 < 30 ms")
        await asyncio.gather(*(timed(shop, asker, "") for _ in range(10)))
        times = await asyncio.gather(*(timed(shop, asker, "word5") for _ in range(50)))
        tell("50 at once", percentiles(list(times)), "no aim: two cores")
        await explain(database)


async def walked(shop: Shop, asker: Actor) -> list[float]:
    """Turn ten pages on and ten back; the seconds that each took."""
    times, page = [], await shop.desk.sharing.browse(asker)
    for way in ["next"] * 10 + ["back"] * 10:
        turn = page.next if way == "next" else page.back
        assert turn is not None
        before = time.perf_counter()
        page = await shop.desk.sharing.browse(asker, turn.rest)
        times.append(time.perf_counter() - before)
    return times


async def explain(database: Database) -> None:
    """Print how the pages are found."""
    for name, text in sharing.QUERIES.items():
        sql, values = share_pages.statement(1, sharing.PLACE, browsing.parse(text), 6)
        plan = [row[0] for row in await database.fetch(f"EXPLAIN {sql}", *values)]
        print(f"{name}:", *(line.strip() for line in plan if " on share" in line), sep="\n    ")


async def timed(shop: Shop, asker: Actor, text: str) -> float:
    before = time.perf_counter()
    await shop.desk.sharing.browse(asker, text)
    return time.perf_counter() - before
