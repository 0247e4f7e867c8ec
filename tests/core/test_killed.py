"""A process killed at every step of a job in turn: then the job is finished once, counted once, its file there once."""

import asyncio
import signal
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from core.files import picture_path
from core.library.sweeping import Sweeper
from db.postgres import pool
from db.postgres.database import Database
from db.storage import folder
from db.sweepings import Sweepings
from tests import postgres
from tests.aging import age
from tests.children import CHILDREN
from tests.core import doomed
from tests.db.filling import Filling, expired


async def test_nothing_is_lost_or_doubled(postgres_server: pool.Target, tmp_path: Path) -> None:
    step, killed = 1, True
    while killed:
        async with postgres.new_database(postgres_server) as target:
            killed = await _life(target, tmp_path / str(step), at=step) == -signal.SIGKILL
            if killed:
                await asyncio.sleep(doomed.LEASE)
                assert await _life(target, tmp_path / str(step), at=0) == 0
            await _check(target, tmp_path / str(step))
        step += 1
    assert step > 20, "every call of a job was a step"


async def test_killed_again_while_taking_over(postgres_server: pool.Target, tmp_path: Path) -> None:
    async with postgres.new_database(postgres_server) as target:
        for step in (5, 4, 8):
            assert await _life(target, tmp_path, at=step) == -signal.SIGKILL
            await asyncio.sleep(doomed.LEASE)
        assert await _life(target, tmp_path, at=0) == 0
        await _check(target, tmp_path)


async def test_a_killed_sweep_is_gone_on_with_when_its_lease_has_ended(
    database: Database, target: pool.Target, tmp_path: Path
) -> None:
    await expired(database, await Filling(database).user(), 1000)
    assert await _life(target, tmp_path, at=5, doing=doomed.sweep) == -signal.SIGKILL
    next_one = Sweeper(Sweepings(database), await folder.open_folder(tmp_path, "http://localhost"), rows=100)
    await next_one.sweep()
    assert await database.fetchval("SELECT count(*) FROM kickbot.take") == 800
    await age(database, timedelta(seconds=61))
    await next_one.sweep()
    assert await database.fetchval("SELECT count(*) FROM kickbot.take") == 0
    assert await database.fetchval("SELECT count(*) FROM kickbot.trash") == 0


async def _life(
    target: pool.Target, files: Path, at: int, doing: Callable[[pool.Target, Path, int], None] = doomed.live
) -> int | None:
    child = CHILDREN.Process(target=doing, args=(target, files, at))
    child.start()
    await asyncio.to_thread(child.join)
    return child.exitcode


async def _check(target: pool.Target, files: Path) -> None:
    async with pool.open_pool(target, size=2) as connections:
        database = Database(connections)
        store = await folder.open_folder(files, "http://localhost")
        await Sweeper(Sweepings(database), store).sweep()
        [job] = await database.fetch("SELECT state FROM kickbot.job")
        [take] = await database.fetch("SELECT path FROM kickbot.take")
        [message] = await database.fetch("SELECT message FROM kickbot.message")
        usage = await database.fetch("SELECT used FROM kickbot.usage")
    assert job["state"] == "done"
    assert message["message"] == "the-message"
    assert [row["used"] for row in usage] == [1, 1]
    assert _there(files) == {take["path"], picture_path(take["path"])}
    assert await store.fetch(take["path"])


def _there(files: Path) -> set[str]:
    return {str(file.relative_to(files)) for file in files.rglob("*") if file.is_file()}
