"""The pool and the migrations through PgBouncer in transaction mode, as through Supabase's pooler."""

import asyncio

import pytest

from core import errors
from db.postgres import migrate, pool
from db.postgres.database import Database
from tests import pgbouncer as bouncer
from tests import postgres

OF_A_CLIENT = ["application_name", "client_encoding", "DateStyle", "TimeZone", "standard_conforming_strings"]
"""Settings that PgBouncer itself sets again for each client."""

REMAINS = """
    SELECT pg_backend_pid() AS server,
        ARRAY(SELECT name FROM pg_settings WHERE source = 'session' AND name <> ALL($1::text[])) AS settings,
        (SELECT count(*) FROM pg_locks WHERE pid = pg_backend_pid() AND locktype = 'advisory') AS locks,
        (SELECT count(*) FROM pg_prepared_statements) AS statements,
        pg_sleep(0.1)"""


async def remains(database: Database) -> dict[int, tuple[list[str], int, int]]:
    """What is left on each of the pooler's connections: settings, locks, statements. All are asked at once."""
    rows = await asyncio.gather(*(database.fetchrow(REMAINS, OF_A_CLIENT) for _ in range(bouncer.CONNECTIONS)))
    return {row["server"]: (row["settings"], row["locks"], row["statements"]) for row in rows if row is not None}


async def work(database: Database, number: int) -> tuple[int, str, list[str]]:
    async with database.transaction() as transaction:
        await transaction.execute("SET LOCAL statement_timeout = '5s'")
        await transaction.fetchval("SELECT pg_advisory_xact_lock($1)", number)
        counted = await transaction.fetchval("SELECT $1::int", number)
    words = await database.fetchval("SELECT $1::text[]", [str(number)])
    return counted, await database.fetchval("SELECT $1::text", str(number)), words


async def test_many_clients_share_few_connections(pooled_target: pool.Target) -> None:
    async with pool.open_pool(pooled_target, size=40) as connections:
        database = Database(connections)
        answers = await asyncio.gather(*(work(database, number) for number in range(200)))
    assert answers == [(number, str(number), [str(number)]) for number in range(200)]


async def test_nothing_is_left_for_the_next_client(pooled_database: Database) -> None:
    await asyncio.gather(*(work(pooled_database, number) for number in range(40)))
    assert await migrate.migrate(pooled_database) == ()
    left = await remains(pooled_database)
    assert len(left) == bouncer.CONNECTIONS
    assert list(left.values()) == [([], 0, 0)] * bouncer.CONNECTIONS


async def test_what_a_session_keeps_would_be_left(pooled_database: Database) -> None:
    """Why the test above can fail: the next client finds it."""
    await pooled_database.execute("SET statement_timeout = '5s'; SELECT pg_advisory_lock(42)")
    left = await remains(pooled_database)
    assert (["statement_timeout"], 1, 0) in left.values()


async def test_a_killed_server_connection(
    pooled_database: Database, pooled_target: pool.Target, postgres_server: pool.Target
) -> None:
    await remains(pooled_database)
    kill = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{pooled_target.name}'"
    await postgres.run(postgres_server, kill)
    assert await asyncio.gather(*(pooled_database.fetchval("SELECT 1") for _ in range(20))) == [1] * 20

    await pooled_database.execute("CREATE TABLE t (n int)")
    writing = asyncio.create_task(pooled_database.execute("INSERT INTO t SELECT 1 FROM pg_sleep(60)"))
    reading = asyncio.create_task(pooled_database.fetchval("SELECT 'read' FROM pg_sleep(0.5)"))
    await postgres.when_asleep(postgres_server, 2)
    await postgres.run(postgres_server, kill)
    assert await reading == "read"
    with pytest.raises(errors.DatabaseUnavailable):
        await writing
    assert await pooled_database.fetchval("SELECT count(*) FROM t") == 0
