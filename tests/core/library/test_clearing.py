"""Whoever deletes something waits for its answer a few seconds at most, also where the database hangs by then."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from core.answers import replies
from db.postgres import pool
from db.postgres.database import Database
from tests import wire
from tests.core.library.shop import Shop
from tests.core.people import actor

ADA = actor("ada")


@asynccontextmanager
async def hanging_once_removed(target: pool.Target) -> AsyncIterator[tuple[Shop, asyncio.Event]]:
    """A shop on a line that hangs from when the first message or file is removed, until that is `over`."""
    over = asyncio.Event()

    async def answering() -> None:
        if shop.channels.asked or shop.files.removals:
            await over.wait()

    async with wire.kept_waiting(target, answering) as relay, pool.open_pool(relay) as connections:
        shop = Shop(Database(connections))
        try:
            yield shop, over
        finally:
            over.set()


@pytest.mark.parametrize("shown", [True, False])
async def test_nobody_waits_for_a_database_that_hangs_once_it_is_deleted(
    target: pool.Target, database: Database, shown: bool
) -> None:
    async with hanging_once_removed(target) as (shop, over):
        take = await shop.kick("ada")
        if not shown:
            await database.execute("DELETE FROM kickbot.message")
        shop.patience = 0.5
        deleting = asyncio.create_task(shop.services().library.delete(ADA, take.name))
        await asyncio.wait({deleting}, timeout=20)
        assert deleting.done()
        deleted = await deleting
        assert isinstance(deleted, replies.Deleted)
        assert deleted.text == f"{take.name} is deleted: its file and all that was kept of it."
        assert len(shop.channels.asked) == len(deleted.posted) == shown
        assert shop.files.objects == {}
        assert await kept(database) == (shown, 1), "it is looked for again"
        over.set()
        async with asyncio.timeout(20):
            while await kept(database) != (0, 0):  # noqa: ASYNC110  # nobody is told
                await asyncio.sleep(0.02)


async def kept(database: Database) -> tuple[int, int]:
    """How many messages and files are still to be removed, as rows tell."""
    messages = await database.fetchval("SELECT count(*) FROM kickbot.removal")
    return messages, await database.fetchval("SELECT count(*) FROM kickbot.trash")
