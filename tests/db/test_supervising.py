"""An embedded server that dies while it is used."""

import asyncio
import logging
import os
import signal
from pathlib import Path

import pytest

from core import errors
from db.postgres import cluster, embedded, pool
from db.postgres.database import Database
from tests.db.test_embedded import children
from tests.db.users import Users, runs

WORDS = "PostgreSQL was gone and has been started again"


def server_of(target: pool.Target) -> int:
    return int((Path(target.host) / "data" / "postmaster.pid").read_text().split()[0])


async def kill(target: pool.Target) -> None:
    """Kill the server, and wait until all of it has ended and open connections have heard of it."""
    server = server_of(target)
    all_of_it = [server, *children(server)]
    os.kill(server, signal.SIGKILL)
    while any(runs(process) for process in all_of_it):  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    await asyncio.sleep(0.05)


async def test_the_next_statements_work_again(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    async with embedded.embedded(folder) as target, pool.open_pool(target) as connections:
        database = Database(connections)
        await database.execute("CREATE TABLE mark (n int)")
        await asyncio.gather(*(database.execute("INSERT INTO mark VALUES (1)") for _ in range(4)))
        for count in (1, 2, 3):
            await kill(target)
            await asyncio.gather(*(database.execute("INSERT INTO mark VALUES (1)") for _ in range(20)))
            assert await database.fetchval("SELECT count(*) FROM mark") == 4 + 20 * count
            assert [record.message for record in caplog.records] == [WORDS] * count
        last = server_of(target)
    assert not runs(last)


async def test_one_of_three_processes_starts_it_and_all_go_on(users: Users) -> None:
    three = [await users.start() for _ in range(3)]
    os.kill(three[0].server, signal.SIGKILL)
    marked = await asyncio.gather(*(user.mark() for user in three))
    [server] = {user.server for user in marked}
    assert server != three[0].server
    assert {user.marks for user in marked} <= {4, 5, 6}
    assert max(user.marks for user in marked) == 6
    for user in marked:
        assert runs(server), "it stays until its last user leaves, whoever started it"
        await user.leave()
    assert not runs(server)


async def test_the_crash_of_one_connection_needs_no_start(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    """PostgreSQL ends all the others and recovers by itself."""
    async with embedded.embedded(folder) as target, pool.open_pool(target) as connections:
        database = Database(connections)
        server = server_of(target)
        for _ in range(3):
            os.kill(await database.fetchval("SELECT pg_backend_pid()"), signal.SIGKILL)
            while not all(await asyncio.gather(*(alive(database) for _ in range(5)))):
                pass
            assert server_of(target) == server
    assert caplog.records == []


async def alive(database: Database) -> bool:
    try:
        return bool(await database.fetchval("SELECT true"))
    except errors.DatabaseUnavailable:
        return False


async def test_one_that_cannot_be_started_is_told_once_and_tried_again(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with embedded.embedded(folder) as target, pool.open_pool(target) as connections:
        database = Database(connections)
        control = Path(target.host) / "data" / "global" / "pg_control"
        await kill(target)
        kept = control.with_name("kept")
        control.rename(kept)
        assert not any(await asyncio.gather(*(alive(database) for _ in range(50))))
        told = [record for record in caplog.records if record.levelno == logging.ERROR]
        assert len(told) < 4, "it is not tried whenever a statement is"
        assert "PostgreSQL does not start, see" in told[0].message
        kept.rename(control)
        async with asyncio.timeout(60):
            while not await alive(database):  # noqa: ASYNC110
                await asyncio.sleep(0.05)
        assert caplog.records[-1].message == WORDS


async def test_leaving_one_that_is_gone(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    async with embedded.embedded(folder) as target:
        await kill(target)
    assert caplog.records == []


async def test_one_that_is_left_while_it_is_started_again(folder: Path) -> None:
    async with embedded.embedded(folder) as target, pool.open_pool(target) as connections:
        os.kill(server_of(target), signal.SIGKILL)
        asking = asyncio.create_task(connections.fetchval("SELECT 1"))
        await asyncio.sleep(0.05)
        asking.cancel()
        await asyncio.wait({asking})
    assert cluster.Cluster(folder).ready() is None
