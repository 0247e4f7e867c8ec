"""Statements and transactions on a real server, and what becomes of them when it goes away."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import asyncpg
import pytest

from core import errors
from db.postgres import pool
from db.postgres.database import Database, Transaction
from tests import postgres, wire


@pytest.fixture
async def table(database: Database) -> Database:
    """The database with a table `t (n int unique)`."""
    await database.execute("CREATE TABLE t (n int UNIQUE)")
    return database


@pytest.fixture
async def small(target: pool.Target) -> AsyncIterator[Database]:
    """The same database over a single connection."""
    async with pool.open_pool(target, size=1) as connections:
        yield Database(connections, patience=0.1)


async def numbers(database: Database) -> list[int]:
    return [row["n"] for row in await database.fetch("SELECT n FROM t ORDER BY n")]


async def cut(server: pool.Target, target: pool.Target) -> None:
    """End every connection of the database."""
    await postgres.run(
        server, f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{target.name}'"
    )


async def test_each_way_to_ask(table: Database) -> None:
    await table.executemany("INSERT INTO t VALUES ($1)", [(1,), (2,), (3,)])
    assert await numbers(table) == [1, 2, 3]
    assert await table.fetchval("SELECT max(n) FROM t WHERE n < $1", 3) == 2
    assert await table.fetchrow("SELECT n FROM t WHERE n > $1", 3) is None
    assert await table.execute("DELETE FROM t WHERE n > $1", 1) == "DELETE 2"


async def test_a_block_is_kept_whole_or_not_at_all(table: Database) -> None:
    async with table.transaction() as transaction:
        await transaction.execute("INSERT INTO t VALUES (1)")
        assert await numbers(table) == []
    assert await numbers(table) == [1]

    with pytest.raises(ZeroDivisionError):
        await insert_and_fail(table)
    assert await numbers(table) == [1]


async def insert_and_fail(table: Database) -> None:
    async with table.transaction() as transaction:
        await transaction.execute("INSERT INTO t VALUES (2)")
        raise ZeroDivisionError


async def test_an_error_of_the_statement_is_the_drivers_own(table: Database) -> None:
    await table.execute("INSERT INTO t VALUES (1)")
    with pytest.raises(asyncpg.UniqueViolationError):
        await table.execute("INSERT INTO t VALUES (1)")


async def test_a_read_is_repeated_when_its_connection_breaks(
    table: Database, target: pool.Target, postgres_server: pool.Target
) -> None:
    await table.execute("CREATE SEQUENCE tries")
    asking = asyncio.create_task(table.fetchval("SELECT nextval('tries'), pg_sleep(0.3)"))
    await postgres.when_asleep(postgres_server)
    await cut(postgres_server, target)
    assert await asking == 2


async def test_a_write_is_not_repeated_when_its_connection_breaks(
    table: Database, target: pool.Target, postgres_server: pool.Target
) -> None:
    writing = asyncio.create_task(table.execute("INSERT INTO t SELECT 1 FROM pg_sleep(0.5)"))
    await postgres.when_asleep(postgres_server)
    await cut(postgres_server, target)
    with pytest.raises(errors.AnswerLost, match="may be done or not"):
        await writing
    assert await numbers(table) == []


async def test_a_connection_that_breaks_between_statements_ends_the_transaction(
    table: Database, target: pool.Target, postgres_server: pool.Target
) -> None:
    with pytest.raises(errors.DatabaseUnavailable):
        await go_on_after_the_cut(table, target, postgres_server)
    with pytest.raises(errors.DatabaseUnavailable):
        await commit_after_the_cut(table, target, postgres_server)
    assert await numbers(table) == []


async def go_on_after_the_cut(table: Database, target: pool.Target, server: pool.Target) -> None:
    async with table.transaction() as transaction:
        await insert_and_cut(transaction, target, server)
        await transaction.execute("INSERT INTO t VALUES (2)")


async def commit_after_the_cut(table: Database, target: pool.Target, server: pool.Target) -> None:
    async with table.transaction() as transaction:
        await insert_and_cut(transaction, target, server)


async def insert_and_cut(transaction: Transaction, target: pool.Target, server: pool.Target) -> None:
    await transaction.execute("INSERT INTO t VALUES (1)")
    await cut(server, target)
    await asyncio.sleep(0.05)


async def test_the_error_of_the_block_wins_over_a_broken_connection(
    table: Database, target: pool.Target, postgres_server: pool.Target
) -> None:
    async def fail() -> None:
        async with table.transaction() as transaction:
            await insert_and_cut(transaction, target, postgres_server)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()


async def test_a_cancelled_transaction_is_undone_and_gives_its_connection_back(
    small: Database, postgres_server: pool.Target
) -> None:
    await small.execute("CREATE TABLE t (n int)")

    async def insert_and_sleep() -> None:
        async with small.transaction() as transaction:
            await transaction.execute("INSERT INTO t VALUES (1)")
            await transaction.execute("SELECT pg_sleep(60)")

    inserting = asyncio.create_task(insert_and_sleep())
    await postgres.when_asleep(postgres_server)
    inserting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await inserting
    assert await numbers(small) == []


async def test_no_connection_free_in_time(small: Database) -> None:
    async with small.transaction():
        with pytest.raises(errors.DatabaseUnavailable):
            await small.fetchval("SELECT 1")
    assert await small.fetchval("SELECT 1") == 1


async def test_a_long_line_that_moves_is_waited_in(target: pool.Target) -> None:
    async with pool.open_pool(target, size=1) as connections:
        database = Database(connections, patience=1.0)
        asked = (database.fetchval("SELECT $1::int FROM pg_sleep(0.05)", number) for number in range(40))
        assert await asyncio.gather(*asked) == list(range(40))


async def test_a_line_that_stands_still_is_left_by_all(small: Database, postgres_server: pool.Target) -> None:
    holding = asyncio.create_task(small.fetchval("SELECT 1 FROM pg_sleep(60)"))
    await postgres.when_asleep(postgres_server)
    ends = await asyncio.gather(*(small.fetchval("SELECT 1") for _ in range(20)), return_exceptions=True)
    assert {type(end) for end in ends} == {errors.DatabaseUnavailable}
    holding.cancel()
    with pytest.raises(asyncio.CancelledError):
        await holding
    assert await small.fetchval("SELECT 1") == 1


async def test_a_statement_that_takes_too_long(target: pool.Target) -> None:
    async with pool.open_pool(target, size=1, seconds=0.1) as connections:
        database = Database(connections)
        with pytest.raises(errors.DatabaseUnavailable):
            await database.execute("SELECT pg_sleep(60)")
        assert await database.fetchval("SELECT 1") == 1


async def test_a_deadlock_is_no_outage_and_may_be_tried_again(table: Database) -> None:
    await table.execute("INSERT INTO t VALUES (1), (2)")
    both_hold = asyncio.Barrier(2)

    async def lock(first: int, second: int) -> None:
        async with table.transaction() as transaction:
            await transaction.execute("SET LOCAL deadlock_timeout = '50ms'")
            await transaction.fetchval("SELECT n FROM t WHERE n = $1 FOR UPDATE", first)
            await both_hold.wait()
            await transaction.fetchval("SELECT n FROM t WHERE n = $1 FOR UPDATE", second)

    results = await asyncio.gather(lock(1, 2), lock(2, 1), return_exceptions=True)
    assert {type(result) for result in results} == {type(None), errors.DatabaseBusy}


@pytest.mark.parametrize("host", ["/nowhere", "127.0.0.1", "nowhere.invalid"])
async def test_no_server_there(target: pool.Target, host: str, free_port: int) -> None:
    async with pool.open_pool(replace(target, host=host, port=free_port)) as connections:
        with pytest.raises(errors.DatabaseUnavailable):
            await Database(connections).fetchval("SELECT 1")


async def test_the_server_knows_no_such_database_or_user(target: pool.Target) -> None:
    for unknown in (replace(target, name="nothing"), replace(target, user="stranger")):
        async with pool.open_pool(unknown) as connections:
            with pytest.raises(errors.DatabaseRefused):
                await Database(connections).fetchval("SELECT 1")


async def test_round_trips(target: pool.Target) -> None:
    """As the docstring of `db.postgres.database` says."""
    async with wire.counted(target) as (counted, count), pool.open_pool(counted, size=1) as connections:
        database = Database(connections)

        async def trips(sql: str, *values: object) -> int:
            count.reset()
            await database.fetch(sql, *values)
            assert count.statements[-1:] == [sql]
            return count.trips

        await database.execute("SELECT 1")
        assert await trips("SELECT $1::text[], $2::uuid, $3::date, now()", ["a"], None, None) == 2
        assert await trips("SELECT $1::bigint[]", [1]) == 8
        assert await trips("SELECT $1::bigint[]", [1]) == 2

        count.reset()
        async with database.transaction() as transaction:
            await transaction.fetchval("SELECT $1::int", 1)
        begin = "BEGIN; SET LOCAL idle_in_transaction_session_timeout = 10000"
        assert (count.trips, count.boundaries, count.statements) == (4, [begin, "COMMIT"], ["SELECT $1::int"])


STALLED = "BEGIN; SET LOCAL idle_in_transaction_session_timeout = {idle}; SELECT pg_sleep(20)"


@pytest.mark.parametrize("times", [1, 2, 3])
async def test_cancelling_while_a_transaction_begins_leaves_none_open(
    times: int, target: pool.Target, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two cancel the roll-back too, and three what comes after it; asyncpg complains to the loop of what is left."""
    complaints: list[dict[str, Any]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, complaint: complaints.append(complaint))
    async with pool.open_pool(target, size=1) as connections:
        with monkeypatch.context() as changed:
            changed.setattr("db.postgres.database.BEGIN", STALLED)
            database = Database(connections)
        entering = asyncio.create_task(enter(database))
        await postgres.when_asleep(target)
        for _ in range(times):
            entering.cancel()
            await asyncio.sleep(0)
        with pytest.raises(asyncio.CancelledError):
            await entering
        assert await Database(connections).fetchval("SELECT 1") == 1, "the pool's one connection serves again"
    assert complaints == []


async def enter(database: Database) -> None:
    async with database.transaction():
        pytest.fail("it was cancelled while it began")
