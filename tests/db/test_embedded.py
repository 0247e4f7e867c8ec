"""The embedded server's life: restarts, companions, kills."""

import asyncio
import os
import signal
from pathlib import Path

import pytest

from db.postgres import cluster, embedded
from tests import postgres
from tests.db.users import Users, runs


async def test_it_is_postgresql_18_and_keeps_what_it_was_told(folder: Path) -> None:
    async with embedded.embedded(folder) as target:
        assert str(await postgres.ask(target, "SHOW server_version")).startswith("18.")
        await postgres.run(target, "CREATE TABLE t (n int); INSERT INTO t VALUES (7)")
    async with embedded.embedded(folder) as target:
        assert await postgres.ask(target, "SELECT n FROM t") == 7


async def test_nothing_runs_and_nothing_listens_after_the_last_user(users: Users) -> None:
    first, second = [await users.start() for _ in range(2)]
    assert first.server == second.server
    await first.leave()
    assert runs(second.server)
    await second.leave()
    assert not runs(second.server)
    assert not list(first.socket.glob(".s.PGSQL.*"))


async def test_users_of_one_process(folder: Path) -> None:
    async with embedded.embedded(folder) as first:
        async with embedded.embedded(folder) as second:
            assert first == second
        assert await postgres.ask(first, "SELECT 1") == 1


async def test_processes_that_start_at_once(users: Users) -> None:
    started = await asyncio.gather(*(users.start() for _ in range(3)))
    assert len({user.server for user in started}) == 1
    await asyncio.gather(*(user.leave() for user in started))
    assert not runs(started[0].server)


async def test_the_server_of_a_killed_process_is_used_on_and_stopped(users: Users) -> None:
    killed = await users.start()
    await killed.kill()
    assert runs(killed.server)
    heir = await users.start()
    assert (heir.server, heir.marks) == (killed.server, 2)
    await heir.leave()
    assert not runs(heir.server)


async def test_a_killed_companion_does_not_keep_the_server_up(users: Users) -> None:
    staying, killed = [await users.start() for _ in range(2)]
    await killed.kill()
    await staying.leave()
    assert not runs(staying.server)


async def test_a_killed_server_starts_again(users: Users) -> None:
    user = await users.start()
    os.kill(user.server, signal.SIGKILL)
    await user.kill()
    heir = await users.start()
    assert heir.server != user.server
    assert heir.marks == 2
    await heir.leave()


def children(process: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


async def test_a_child_that_outlives_a_killed_server_is_waited_for(users: Users) -> None:
    user = await users.start()
    lasting, *_ = children(user.server)
    os.kill(lasting, signal.SIGSTOP)
    os.kill(user.server, signal.SIGKILL)
    await user.kill()
    starting = asyncio.create_task(users.start())
    await asyncio.sleep(1)
    assert not starting.done()
    os.kill(lasting, signal.SIGCONT)
    heir = await starting
    assert heir.marks == 2
    await heir.leave()


def owner(path: Path) -> str:
    return path.owner()


async def test_a_stale_number_that_belongs_to_another_process_by_now(users: Users) -> None:
    """Of the server's own user, so that PostgreSQL itself could not tell."""
    user = await users.start()
    pid_file, lock_file = user.socket / "data" / "postmaster.pid", user.socket / ".s.PGSQL.5432.lock"
    stale = pid_file.read_text(), lock_file.read_text()
    await user.leave()
    other = await asyncio.create_subprocess_exec("sleep", "60", user=owner(user.socket))
    for file, text in zip((pid_file, lock_file), stale, strict=True):
        file.write_text(text.replace(str(user.server), str(other.pid), 1))
    heir = await users.start()
    assert heir.marks == 2
    await heir.leave()
    other.kill()
    await other.wait()


async def test_a_first_start_that_was_cut_off(folder: Path, users: Users) -> None:
    unfinished = folder / "server" / "data.new"
    unfinished.mkdir(parents=True)
    (unfinished / "PG_VERSION").write_text("18\n")
    user = await users.start()
    await user.leave()


async def test_a_cancelled_start_leaves_no_server(folder: Path) -> None:
    async def use() -> None:
        async with embedded.embedded(folder):
            raise AssertionError("cancelled before")

    using = asyncio.create_task(use())
    await asyncio.sleep(0.1)
    using.cancel()
    with pytest.raises(asyncio.CancelledError):
        await using
    assert (folder / "server" / "data" / "PG_VERSION").exists()
    assert cluster.Cluster(folder).ready() is None
