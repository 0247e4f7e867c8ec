"""PostgreSQL for tests: one server for a worker, for each test a new database made from a template.

The server is the embedded one, or of the version that `KICKBOT_TEST_POSTGRES` names.
"""

import asyncio
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

from db.postgres import embedded, migrate, pool
from db.postgres.database import Database
from tests import other_postgres

OTHER_VERSION = os.environ.get("KICKBOT_TEST_POSTGRES")
TEMPLATE = "kickbot_template"
IN_A_HURRY = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "autovacuum": "off"}


@contextmanager
def server() -> Iterator[pool.Target]:
    """A server whose database `TEMPLATE` has had every migration; nothing of it is left behind."""
    folder = Path(tempfile.mkdtemp(prefix="kickbot-test-", dir=quick_folder()))
    folder.chmod(0o755)
    try:
        with _running(folder) as target:
            asyncio.run(_make_template(target))
            yield target
    finally:
        shutil.rmtree(folder)


@contextmanager
def _running(folder: Path) -> Iterator[pool.Target]:
    if OTHER_VERSION is not None:
        with other_postgres.running(OTHER_VERSION, folder, IN_A_HURRY) as server:
            yield server.target
        return
    membership = embedded.join(folder, IN_A_HURRY)
    try:
        yield membership.target
    finally:
        embedded.leave(membership)


def quick_folder() -> Path | None:
    """In memory where there is room: a new database is 8 MB in 300 files, 30 ms there and 40 to 400 on a disk."""
    memory = Path("/dev/shm")
    return memory if memory.is_dir() and shutil.disk_usage(memory).free > 2 * 2**30 else None


async def _make_template(target: pool.Target) -> None:
    await run(target, f"CREATE DATABASE {TEMPLATE}")
    async with pool.open_pool(replace(target, name=TEMPLATE)) as connections:
        await migrate.migrate(Database(connections))


@asynccontextmanager
async def new_database(server: pool.Target, template: str = TEMPLATE) -> AsyncIterator[pool.Target]:
    """A database that exists as long as the block."""
    name = f"test_{uuid4().hex[:12]}"
    await run(server, f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
    try:
        yield replace(server, name=name)
    finally:
        await run(server, f"DROP DATABASE {name} WITH (FORCE)")


@asynccontextmanager
async def web_role(target: pool.Target) -> AsyncIterator[pool.Target]:
    """The database for a web app with a role of its own: it has rights on the shared tables and no others."""
    role = f"web_{uuid4().hex[:12]}"
    await run(target, f"CREATE ROLE {role} LOGIN BYPASSRLS; {GRANTS.format(role)}")
    try:
        yield replace(target, user=role)
    finally:
        await run(target, f"DROP OWNED BY {role}; DROP ROLE {role}")


GRANTS = """
GRANT USAGE ON SCHEMA public TO {0};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {0};
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {0};
"""


async def run(target: pool.Target, sql: str) -> None:
    """Run SQL over a connection of its own."""
    async with pool.open_pool(target, size=1) as connections:
        await connections.execute(sql)


async def ask(target: pool.Target, sql: str) -> Any:
    """The one value that a query gives, over a connection of its own."""
    async with pool.open_pool(target, size=1) as connections:
        return await connections.fetchval(sql)


async def when_asleep(server: pool.Target, statements: int = 1) -> None:
    """Wait until so many statements are in `pg_sleep`."""
    query = "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'"
    async with pool.open_pool(server, size=1) as connections:
        while await connections.fetchval(query) < statements:
            pass
