"""A PostgreSQL of its own that is stopped while people use Kickbot, and started again."""

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from core import errors
from db.postgres import migrate, pool
from db.postgres.database import Database
from tests import other_postgres, postgres

VERSION = "17"

# What is told of it: refused and over, or kept and shown later.
REFUSED = errors.DatabaseUnavailable().sentence
DELAYED = errors.Delayed().sentence

LASTING = {"fsync": "off", "full_page_writes": "off"}
"""What is committed outlives the server, though not the machine."""


@dataclass(frozen=True, slots=True)
class Outage:
    """The database, and how it goes away and comes back."""

    server: other_postgres.Server
    database: Database

    async def spent(self, seconds: float, mode: str) -> None:
        """Be away for so long; `immediate` begins as a crash does."""
        await asyncio.to_thread(self.server.stop, mode)
        await asyncio.sleep(seconds)
        await asyncio.to_thread(self.server.start)


@asynccontextmanager
async def possible() -> AsyncIterator[Outage]:
    """A database with every migration, on a server that may be stopped."""
    with _server() as server:
        async with pool.open_pool(server.target) as connections:
            database = Database(connections)
            await migrate.migrate(database)
            yield Outage(server, database)


@contextmanager
def _server() -> Iterator[other_postgres.Server]:
    folder = Path(tempfile.mkdtemp(prefix="kickbot-outage-", dir=postgres.quick_folder()))
    folder.chmod(0o755)
    try:
        with other_postgres.running(VERSION, folder, LASTING) as server:
            yield server
    finally:
        shutil.rmtree(folder)


async def over(database: Database) -> None:
    """Wait until no job is open."""
    async with asyncio.timeout(40):
        while await database.fetchval(OPEN):  # noqa: ASYNC110  # the server tells nobody
            await asyncio.sleep(0.1)


OPEN = "SELECT count(*) FROM kickbot.job WHERE state IN ('queued', 'running', 'made')"


async def served(database: Database) -> set[str]:
    """Who has got a kick, by their ids."""
    rows = await database.fetch(
        "SELECT external_id FROM kickbot.job j JOIN kickbot.identity i ON i.id = j.identity_id WHERE state = 'done'"
    )
    return {row["external_id"] for row in rows}
