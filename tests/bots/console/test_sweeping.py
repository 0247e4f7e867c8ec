"""A chat of one line leaves a database alone that was swept just now; one that stays open sweeps when nobody does."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from db.postgres import embedded, migrate, pool
from db.postgres.database import Database
from db.sweepings import Sweepings
from tests.aging import age
from tests.bots.console import chatting


@pytest.fixture
async def swept(data: Path) -> AsyncIterator[Database]:
    """The database of the folder: it was swept a minute ago, and there is trash again."""
    async with embedded.embedded(data / "postgres") as target, pool.open_pool(target) as connections:
        database, another = Database(connections), uuid4()
        await migrate.migrate(database)
        assert await Sweepings(database).lead(another, 60)
        await Sweepings(database).swept(another)
        await database.execute("INSERT INTO kickbot.trash VALUES ('not a path', now())")
        await age(database, timedelta(minutes=1))
        yield database


async def test_a_line_sweeps_nothing_that_was_swept_just_now(data: Path, swept: Database) -> None:
    lease = await swept.fetchrow("SELECT * FROM kickbot.lease")
    ended = await chatting.kickbot(data, "chat", "--json", "-c", "/kick hit house")
    assert ended.status == 0, ended.err
    assert await swept.fetchrow("SELECT * FROM kickbot.lease") == lease
    assert await swept.fetchval("SELECT count(*) FROM kickbot.trash") == 1


async def test_a_chat_sweeps_where_nobody_has_for_long(data: Path, swept: Database) -> None:
    await age(swept, timedelta(hours=1))
    async with chatting.chat(data), asyncio.timeout(60):
        while await swept.fetchval("SELECT count(*) FROM kickbot.trash"):  # noqa: ASYNC110  # nobody tells
            await asyncio.sleep(0.05)
