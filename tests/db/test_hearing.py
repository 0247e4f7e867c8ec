"""Events are heard once, whoever hears them."""

import asyncio
from datetime import timedelta

from db.postgres.database import Database
from db.seen_events import SeenEvents
from db.sweepings import Sweepings
from tests.aging import age


async def test_only_one_of_many_hears_first(database: Database) -> None:
    hearing = SeenEvents(database)
    firsts = await asyncio.gather(*(hearing.first("slack:B:T", "e1") for _ in range(20)))
    assert sum(firsts) == 1
    assert await hearing.first("slack:B:T", "e2")
    assert await hearing.first("slack:B:T2", "e1")


async def test_what_is_a_day_old_is_forgotten(database: Database) -> None:
    hearing = SeenEvents(database)
    await hearing.first("a", "old")
    await age(database, timedelta(hours=23))
    await hearing.first("a", "new")
    await Sweepings(database).forget("heard events", 100)
    assert not await hearing.first("a", "old")
    await age(database, timedelta(hours=2))
    await hearing.first("a", "new")
    await Sweepings(database).forget("heard events", 100)
    assert [row["event"] for row in await database.fetch("SELECT event FROM kickbot.heard")] == ["new"]
