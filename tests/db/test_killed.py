"""A process killed at every step of a merge and of a forgetting in turn: all of it is done then, or nothing."""

import asyncio
import signal
from collections.abc import Callable
from pathlib import Path

from core.chat.removals import Removals
from core.files import picture_path
from core.library.sweeping import Sweeper
from db.postgres import pool
from db.postgres.database import Database
from db.removals import RemovalRows
from db.storage import folder
from db.sweepings import Sweepings
from tests import postgres
from tests.children import CHILDREN
from tests.db import doomed, filling
from tests.db.filling import Filling, Household, household
from tests.fakes.channels import Board


async def test_a_merge_is_whole_or_nothing(database: Database, target: pool.Target, tmp_path: Path) -> None:
    rows = Filling(database)
    ada, bob = await household(rows, "ada"), await household(rows, "bob")
    await rows.entered(ada.identity, bob.identity)
    who, before, step = await rows.person(bob.identity), await filling.everything(database), 1
    while await filling.owners(database) == {ada.account, bob.account}:
        assert await filling.everything(database) == before
        assert await _killed(doomed.confirm, target, tmp_path, step, who, ada.identity) or step > 20
        step += 1
    assert step > 20, "every statement was a step"
    assert await filling.owners(database) == {ada.account}
    left = await filling.everything(database)
    assert len(left["kickbot.take"]) == 8
    assert len(left["kickbot.letter"]) == 1, "ada is told whatever has become of the process"


async def test_forgetting_is_whole_or_nothing(
    database: Database, target: pool.Target, postgres_server: pool.Target, tmp_path: Path
) -> None:
    ada, bob = await _filled(database, tmp_path)
    who, before, step = await Filling(database).person(ada.identity), await filling.everything(database), 1
    while await filling.owners(database) == {ada.account, bob.account}:
        assert await filling.everything(database) == before
        assert _there(tmp_path) == _files(ada, bob)
        assert Board(tmp_path / doomed.BOARD).shown == ada.messages | bob.messages
        assert await _killed(doomed.forget, target, tmp_path, step, who, ada.identity)
        step += 1
    assert step > 15, "every statement was a step"
    await _check_swept(database, tmp_path, bob)

    # From here on it is forgotten, and each step is one of the removal of messages and files.
    done = step
    while await _killed_while_removing(postgres_server, tmp_path / str(step), step):
        step += 1
    assert step - done == 11, "every removal, and that it is noted, has a step before and behind it"


async def _killed_while_removing(server: pool.Target, files: Path, at: int) -> bool:
    """Kill it at that step, in a new database, and see whatever runs next remove the rest."""
    async with postgres.new_database(server) as target, pool.open_pool(target, size=2) as connections:
        database = Database(connections)
        ada, bob = await _filled(database, files)
        who = await Filling(database).person(ada.identity)
        killed = await _killed(doomed.forget, target, files, at, who, ada.identity)
        await _check_swept(database, files, bob)
        return killed


async def _filled(database: Database, files: Path) -> tuple[Household, Household]:
    """Two households, their files, and their messages."""
    rows = Filling(database)
    both = await household(rows, "ada", web="ada"), await household(rows, "bob")
    await rows.identity(both[0].account, "ada.l", "slack")
    store = await folder.open_folder(files, "http://localhost")
    for path in _files(*both):
        await store.store(path, b"file")
    Board(files / doomed.BOARD).post(*both[0].messages, *both[1].messages)
    return both


async def _check_swept(database: Database, files: Path, left: Household) -> None:
    """After a sweep, and once somebody serves the application, nothing is there but what is `left`."""
    board = Board(files / doomed.BOARD)
    await Removals(RemovalRows(database), {"test-bot": board.remove}).drain(["test-bot"])
    assert board.shown == left.messages
    assert not await database.fetchval("SELECT count(*) FROM kickbot.removal")
    told = await database.fetch("SELECT external_id FROM kickbot.letter")
    assert [row["external_id"] for row in told] == ["id-ada.l"], "whatever has become of the process"
    store = await folder.open_folder(files, "http://localhost")
    await Sweeper(Sweepings(database), store).sweep()
    assert await filling.owners(database) == {left.account}
    assert _there(files) == _files(left)
    assert not await database.fetchval("SELECT count(*) FROM kickbot.trash WHERE due <= now()")


async def _killed(life: Callable[..., None], target: pool.Target, files: Path, at: int, *asked: object) -> bool:
    """Run it in a process of its own; whether that was killed, which nothing but step `at` does."""
    child = CHILDREN.Process(target=life, args=(target, files, at, *asked))
    child.start()
    await asyncio.to_thread(child.join)
    assert child.exitcode in (0, -signal.SIGKILL)
    return child.exitcode != 0


def _files(*households: Household) -> set[str]:
    return {file for one in households for path in one.paths for file in (path, picture_path(path))}


def _there(files: Path) -> set[str]:
    return {str(file.relative_to(files)) for file in files.glob("[0-9]*/*") if file.is_file()}
