"""What becomes of statements and transactions whose connection breaks at the worst moment."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from core import errors
from db.postgres import migrate, pool
from db.postgres.database import Database, Transaction
from tests import cutting
from tests.cutting import Cuts

ADD = "INSERT INTO t VALUES ($1)"


@pytest.fixture
async def relayed(target: pool.Target, database: Database) -> AsyncIterator[tuple[pool.Target, Cuts]]:
    """The database with a table `t (n int)`, by way of a relay that cuts the line."""
    await database.execute("CREATE TABLE t (n int)")
    async with cutting.relayed(target) as relay:
        yield relay


@pytest.fixture
async def cut(relayed: tuple[pool.Target, Cuts]) -> AsyncIterator[tuple[Database, Cuts]]:
    """The same database, open."""
    through, cuts = relayed
    async with pool.open_pool(through) as connections:
        yield Database(connections), cuts


async def add(transaction: Transaction) -> str:
    await transaction.execute(ADD, 1)
    return "added"


async def count(database: Database) -> int:
    found: int = await database.fetchval("SELECT count(*) FROM t")
    return found


async def test_a_change_whose_commit_was_not_answered_is_done_once(
    database: Database, cut: tuple[Database, Cuts]
) -> None:
    through, cuts = cut
    cuts.answers("COMMIT")
    assert await through.change(add) == "added"
    assert (cuts.made, await count(database)) == (1, 1)


async def test_a_migration_whose_commit_was_not_answered_is_applied(empty_target: pool.Target) -> None:
    async with cutting.relayed(empty_target) as (through, cuts), pool.open_pool(through) as connections:
        cuts.answers("COMMIT", 2)
        assert await migrate.migrate(Database(connections)) == migrate.known()
        assert await migrate.pending(Database(connections)) == ()
        assert cuts.made == 2


@pytest.mark.parametrize("sql", ["BEGIN", "INSERT", "COMMIT"])
async def test_a_change_that_did_not_arrive_is_done_again(
    database: Database, cut: tuple[Database, Cuts], sql: str
) -> None:
    through, cuts = cut
    cuts.questions(sql, 2)
    assert await through.change(add) == "added"
    assert (cuts.made, await count(database)) == (2, 1)


async def test_a_change_of_which_nobody_can_tell_is_told_so(database: Database, cut: tuple[Database, Cuts]) -> None:
    through, cuts = cut

    cuts.answers("COMMIT", leaving=True)
    with pytest.raises(errors.AnswerLost, match="may be done or not"):
        await through.change(add)
    assert await count(database) == 1


async def test_a_write_by_itself_is_told_to_be_open(database: Database, cut: tuple[Database, Cuts]) -> None:
    through, cuts = cut
    cuts.answers("INSERT")
    with pytest.raises(errors.AnswerLost):
        await through.execute(ADD, 1)
    assert await count(database) == 1


async def test_a_write_that_may_be_done_twice_is(database: Database, cut: tuple[Database, Cuts]) -> None:
    through, cuts = cut
    await database.execute("INSERT INTO t VALUES (1)")
    cuts.answers("UPDATE", 3)
    assert await through.repeating.execute("UPDATE t SET n = 2") == "UPDATE 1"
    assert cuts.made == 3
    cuts.answers("UPDATE", 4)
    with pytest.raises(errors.AnswerLost):
        await through.repeating.execute("UPDATE t SET n = 3")
    assert await database.fetchval("SELECT n FROM t") == 3


async def test_a_write_that_may_be_done_is_not_told_as_undone_when_the_server_is_away_then(
    database: Database, cut: tuple[Database, Cuts]
) -> None:
    through, cuts = cut
    cuts.answers("INSERT", leaving=True)
    with pytest.raises(errors.AnswerLost):
        await through.repeating.execute(ADD, 1)
    assert await count(database) == 1


async def test_what_cannot_be_sent_at_all_is_not_done(cut: tuple[Database, Cuts]) -> None:
    through, cuts = cut
    cuts.away = True
    for write in (through, through.repeating):
        with pytest.raises(errors.DatabaseUnavailable, match="Nothing was lost"):
            await write.execute(ADD, 1)


async def test_the_servers_last_words_on_an_idle_connection(
    database: Database, relayed: tuple[pool.Target, Cuts], target: pool.Target, postgres_server: pool.Target
) -> None:
    """The server has said that it ends the connection, and the end itself has yet to arrive."""
    through, cuts = relayed
    cuts.silent = True
    for insert in (Database.execute, execute_in_a_change):
        async with pool.open_pool(through, size=1) as connections:
            asked = Database(connections)
            assert await asked.fetchval("SELECT 1") == 1
            await end(postgres_server, target)
            assert await asked.fetchval("SELECT 1") == 1
            await end(postgres_server, target)
            await insert(asked, ADD, 1)
    assert await count(database) == 2


async def test_idle_connections_that_end_behind_a_pooler(
    pooled_database: Database, target: pool.Target, postgres_server: pool.Target
) -> None:
    await pooled_database.execute("CREATE TABLE t (n int)")
    for insert in (Database.execute, execute_in_a_change):
        await end(postgres_server, target)
        await insert(pooled_database, ADD, 1)
    await end_in_a_change(pooled_database, target, postgres_server)
    assert await count(pooled_database) == 3


async def test_a_connection_that_ends_within_a_change(
    database: Database, target: pool.Target, postgres_server: pool.Target
) -> None:
    await database.execute("CREATE TABLE t (n int)")
    await end_in_a_change(database, target, postgres_server)
    assert await count(database) == 1


async def execute_in_a_change(database: Database, sql: str, *values: object) -> None:
    await database.change(lambda transaction: transaction.execute(sql, *values))


async def end_in_a_change(database: Database, target: pool.Target, server: pool.Target) -> None:
    """Add one, in a transaction whose first connection ends on the way."""
    ended = 0

    async def add_and_end(transaction: Transaction) -> None:
        nonlocal ended
        await add(transaction)
        if not ended:
            ended += 1
            await end(server, target)

    await database.change(add_and_end)


async def end(server: pool.Target, target: pool.Target) -> None:
    """End every connection of the database, as an administrator does; the clients hear of it."""
    async with pool.open_pool(server, size=1) as connections:
        await connections.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = $1", target.name
        )
    await asyncio.sleep(0.05)


async def test_deadlocks_end_well(database: Database) -> None:
    """Three who each hold what the next one wants, again and again; all of them come through."""
    await database.execute("CREATE TABLE t (n int); INSERT INTO t VALUES (0), (1), (2)")
    all_hold = asyncio.Barrier(3)
    tries = 0

    async def cross(first: int) -> int:
        once = True

        async def lock(transaction: Transaction) -> int:
            nonlocal once, tries
            tries += 1
            await transaction.execute("SET LOCAL deadlock_timeout = '50ms'")
            await transaction.execute("UPDATE t SET n = n + 10 WHERE n % 10 = $1", first)
            if once:
                once = False
                await all_hold.wait()
            await transaction.execute("UPDATE t SET n = n + 10 WHERE n % 10 = $1", (first + 1) % 3)
            return first

        return await database.change(lock)

    assert await asyncio.gather(*(cross(first) for first in range(3))) == [0, 1, 2]
    assert tries > 3
    assert [row["n"] for row in await database.fetch("SELECT n FROM t ORDER BY n")] == [20, 21, 22]


async def test_a_serialization_failure_ends_well(database: Database, target: pool.Target) -> None:
    await database.execute("CREATE TABLE t (n int); INSERT INTO t VALUES (0)")
    await database.execute(f"ALTER DATABASE {target.name} SET default_transaction_isolation = 'serializable'")
    both_read = asyncio.Barrier(2)
    tries = 0

    async def increase(transaction: Transaction) -> None:
        nonlocal tries
        tries += 1
        found = await transaction.fetchval("SELECT n FROM t")
        if tries <= 2:
            await both_read.wait()
        await transaction.execute("UPDATE t SET n = $1", found + 1)

    async with pool.open_pool(target) as connections:
        strict = Database(connections)
        await asyncio.gather(strict.change(increase), strict.change(increase))
    assert tries > 2
    assert await database.fetchval("SELECT n FROM t") == 2
