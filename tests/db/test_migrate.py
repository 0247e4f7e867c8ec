"""Migrations: once each, whole or not at all, whoever else migrates at the same time."""

import asyncio
import re
import sys
from collections.abc import AsyncIterator
from dataclasses import replace
from importlib import resources

import pytest

from core import errors
from db.postgres import migrate, pool
from db.postgres.database import Database
from db.postgres.migrate import Migration

FIRST = Migration(1, "0001_first", "CREATE TABLE first (n int); INSERT INTO first VALUES (1)")
SECOND = Migration(2, "0002_second", "CREATE TABLE second (n int)")
BROKEN = Migration(2, "0002_broken", "CREATE TABLE second (n int); INSERT INTO nowhere VALUES (1)")

MADE = """
SELECT attrelid::regclass || ' ' || attname AS made FROM pg_attribute
WHERE attnum > 0 AND NOT attisdropped AND attrelid IN (SELECT oid FROM pg_class WHERE relkind = 'r')
UNION ALL SELECT p::text FROM pg_proc p WHERE pronamespace <> 'pg_catalog'::regnamespace ORDER BY 1
"""


@pytest.fixture
async def empty(empty_target: pool.Target) -> AsyncIterator[Database]:
    async with pool.open_pool(empty_target) as connections:
        yield Database(connections)


async def exists(database: Database, table: str) -> bool:
    return await database.fetchval("SELECT to_regclass($1)::text", table) is not None


def test_the_files_are_numbered_without_a_hole() -> None:
    known = migrate.known()
    assert [migration.number for migration in known] == list(range(1, len(known) + 1))
    assert all(re.fullmatch(r"\d{4}_[a-z0-9_]+", migration.name) for migration in known)


def test_every_file_of_the_folder_is_one() -> None:
    files = [file.name for file in resources.files("db").joinpath("migrations").iterdir()]
    assert sorted(files) == [f"{migration.name}.sql" for migration in migrate.known()]


async def test_each_file_can_be_undone(empty: Database) -> None:
    """None ends its transaction half-way: with an error put behind its last statement nothing of it stays."""
    for migration in migrate.known():
        before = await empty.fetch(MADE)
        with pytest.raises(errors.MigrationFailed):
            await migrate.migrate(empty, (replace(migration, sql=f"{migration.sql};\nSELECT 1 / 0"),))
        assert await empty.fetch(MADE) == before
        assert await migrate.migrate(empty, (migration,)) == (migration,)
        assert await empty.fetch(MADE) != before


async def test_what_is_pending_is_applied_once_in_order(empty: Database) -> None:
    assert await migrate.pending(empty, (FIRST, SECOND)) == (FIRST, SECOND)
    assert await migrate.migrate(empty, (FIRST,)) == (FIRST,)
    assert await migrate.pending(empty, (FIRST, SECOND)) == (SECOND,)
    assert await migrate.migrate(empty, (FIRST, SECOND)) == (SECOND,)
    assert await migrate.migrate(empty, (FIRST, SECOND)) == ()
    assert await empty.fetchval("SELECT count(*) FROM first") == 1


async def test_a_failed_one_leaves_the_database_as_the_one_before_it(empty: Database) -> None:
    with pytest.raises(errors.MigrationFailed, match="0002_broken") as failure:
        await migrate.migrate(empty, (FIRST, BROKEN))
    assert "nowhere" in failure.value.detail
    assert await exists(empty, "first")
    assert not await exists(empty, "second")
    assert await migrate.migrate(empty, (FIRST, SECOND)) == (SECOND,)


async def test_a_failed_first_one_leaves_nothing(empty: Database) -> None:
    with pytest.raises(errors.MigrationFailed):
        await migrate.migrate(empty, (replace(BROKEN, number=1),))
    assert not await exists(empty, "kickbot.schema_version")


async def test_a_database_of_a_newer_kickbot(empty: Database) -> None:
    await migrate.migrate(empty, (FIRST, SECOND))
    with pytest.raises(errors.DatabaseNewer, match="version 2; this one knows 1"):
        await migrate.migrate(empty, (FIRST,))


PROCESS = """
import asyncio, sys
from db.postgres import migrate, pool
from db.postgres.database import Database

async def main(host, port, name):
    async with pool.open_pool(pool.Target(host, int(port), name, "postgres")) as connections:
        input()
        print(*(migration.number for migration in await migrate.migrate(Database(connections))))

asyncio.run(main(*sys.argv[1:]))
"""


async def test_processes_that_start_at_once(empty_target: pool.Target, pgbouncer: pool.Target) -> None:
    """Through the pooler: each migration is applied by one of them, none fails, all end with nothing pending."""
    target = replace(pgbouncer, name=empty_target.name)
    pipe = asyncio.subprocess.PIPE
    command = (sys.executable, "-c", PROCESS, target.host, str(target.port), target.name)
    processes = [await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe) for _ in range(4)]
    answers = await asyncio.gather(*(process.communicate(b"\n") for process in processes))
    assert [process.returncode for process in processes] == [0] * 4
    applied = sorted(int(number) for output, _ in answers for number in output.split())
    assert applied == [migration.number for migration in migrate.known()]


async def test_tasks_of_one_process_that_start_at_once(empty: Database) -> None:
    results = await asyncio.gather(*(migrate.migrate(empty, (FIRST, SECOND)) for _ in range(8)))
    assert sorted(migration.number for result in results for migration in result) == [1, 2]
