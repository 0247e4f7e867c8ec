"""How pages and saves reach the database: over few round trips, by way of indexes."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from core.library import browsing
from db.library import share_pages
from db.postgres import pool
from db.postgres.database import Database
from tests import wire
from tests.bench import sharing
from tests.core.library.shop import Shop
from tests.core.people import actor

ADA, BOB = actor("ada"), actor("bob")


@pytest.fixture
async def counted(target: pool.Target) -> AsyncIterator[tuple[Shop, wire.Count]]:
    """A shop, and the count of what it says to the database."""
    async with wire.counted(target) as (relayed, count), pool.open_pool(relayed, size=1) as connections:
        yield Shop(Database(connections)), count


async def test_a_page_is_one_statement_and_who_asks_another(counted: tuple[Shop, wire.Count]) -> None:
    shop, count = counted
    await shop.shared("ada")
    for text in ("", "hit note:a1 max:2 by:ada sort:saves", "after:zzzzzzzzzz.1"):
        count.reset()
        await shop.desk.sharing.browse(BOB, text)
        assert (len(count.statements), len(count.boundaries), count.trips) == (2, 0, 4), text
    count.reset()
    await shop.desk.presets.mine(ADA)
    assert (len(count.statements), len(count.boundaries), count.trips) == (2, 0, 4)


async def test_a_save_of_ones_own_take_is_one_short_transaction(counted: tuple[Shop, wire.Count]) -> None:
    shop, count = counted
    take = await shop.kick("ada")
    count.reset()
    await shop.desk.library.save(ADA, take.ref)
    assert (len(count.statements), len(count.boundaries), count.trips) == (8, 2, 18)


async def test_a_save_of_anothers_is_one_too_beside_setting_the_copy_aside(counted: tuple[Shop, wire.Count]) -> None:
    shop, count = counted
    take = await shop.kick("ada")
    await shop.account("bob")
    count.reset()
    await shop.desk.library.save(BOB, take.ref)
    assert (len(count.statements), len(count.boundaries), count.trips) == (9, 2, 20)
    count.reset()
    await shop.desk.library.save(BOB, take.ref)
    assert (len(count.statements), len(count.boundaries)) == (6, 2), "nothing is copied a second time"


async def test_no_page_reads_all_shares(database: Database) -> None:
    await sharing.fill(database, 5000)
    for name, text in sharing.QUERIES.items():
        for query in (browsing.parse(text), replace(browsing.parse(text), cursor=browsing.Cursor("after", 500, 9))):
            sql, values = share_pages.statement(1, sharing.PLACE, query, 6)
            plan = [row[0] for row in await database.fetch(f"EXPLAIN {sql}", *values)]
            scans = [line for line in plan if "Scan" in line]
            assert not [line for line in scans if "Seq Scan on share" in line], name
            assert not [line for line in scans if "Seq Scan on presets_preset" in line], name
            assert not [line for line in scans if "Seq Scan on kickgen_generatedkick" in line], name
