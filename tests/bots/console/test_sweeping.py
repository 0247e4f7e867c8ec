"""A chat of one line leaves a database alone that was swept just now."""

from pathlib import Path
from uuid import uuid4

import pytest

from db import embedded, migrate, pool
from db.database import Database
from db.sweepings import Sweepings
from tests.bots.console import chatting

LINE = ("chat", "--json", "-c", "/kick hit house")


@pytest.mark.parametrize(("since", "left"), [("1 minute", 1), ("1 hour", 0)])
async def test_a_chat_sweeps_only_what_nobody_has_swept_lately(data: Path, since: str, left: int) -> None:
    async with embedded.embedded(data / "postgres") as target, pool.open_pool(target) as connections:
        database, another = Database(connections), uuid4()
        await migrate.migrate(database)
        assert await Sweepings(database).lead(another, 60)
        await Sweepings(database).swept(another)
        await database.execute("UPDATE kickbot.lease SET done_at = now() - $1::text::interval", since)
        await database.execute("INSERT INTO kickbot.trash VALUES ('not a path', now())")
        ended = await chatting.kickbot(data, *LINE)
        assert ended.status == 0, ended.err
        assert await database.fetchval("SELECT count(*) FROM kickbot.trash") == left
