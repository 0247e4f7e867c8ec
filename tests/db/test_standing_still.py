"""A process that stands still in a transaction: others get what it holds, and it begins again when it goes on."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bots.composition.platforms import PLATFORMS
from core import errors
from db.accounts.accounts import AccountRows
from db.postgres import pool
from db.postgres.database import Database, Transaction
from db.sweepings import DUE
from tests.children import CHILDREN
from tests.core.people import KEYS
from tests.db import doomed, filling
from tests.db.filling import NOW, Filling, household

STEPS = (5, 12, 19)
"""Steps of a confirmation at each of which it holds whose account an identity has."""


@asynccontextmanager
async def standing_still(target: pool.Target, *asked: object) -> AsyncIterator[None]:
    """A process that confirms to be joined, and stands still; in the end it goes on and is done."""
    child = CHILDREN.Process(target=doomed.confirm_in_two_goes, args=(target, *asked))
    child.start()
    try:
        while _state(child.pid or 0) != "T":  # noqa: ASYNC110  # the system tells nobody
            await asyncio.sleep(0.02)
        yield
    finally:
        os.kill(child.pid or 0, signal.SIGCONT)
        await asyncio.to_thread(child.join)
    assert child.exitcode == 0


def _state(process: int) -> str:
    return Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]


@pytest.mark.parametrize("way", ["target", "pooled_target"])
@pytest.mark.parametrize("step", STEPS)
async def test_others_join_part_and_are_forgotten_meanwhile(
    step: int, way: str, target: pool.Target, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    way_there: pool.Target = request.getfixturevalue(way)
    async with pool.open_pool(target, seconds=8) as connections:
        database = Database(connections)
        rows, accounts = Filling(database), AccountRows(database, KEYS, PLATFORMS)
        ada, bob, eve, kim = [await household(rows, name) for name in ("ada", "bob", "eve", "kim")]
        await rows.entered(ada.identity, bob.identity)
        await rows.entered(eve.identity, kim.identity)
        who = await rows.person(bob.identity)
        async with standing_still(way_there, tmp_path, step, who, ada.identity):
            await accounts.merge(kim.account, kim.identity, eve.identity, NOW)
            await accounts.unlink(eve.account, kim.identity, NOW)
            await accounts.forget(eve.account, with_web=False)
            assert {ada.account, bob.account} < await filling.owners(database)
        owners = await filling.owners(database)
    assert bob.account not in owners, "what was begun is done, whole"
    assert ada.account in owners
    assert eve.account not in owners


async def test_the_web_app_deletes_what_a_sweep_holds_that_stands_still(
    target: pool.Target, web_app: Database, database: Database
) -> None:
    rows = Filling(database)
    kick = await rows.kick(await rows.user(), "AI: Tight", "1/tight.wav", origin="1/tight.wav")
    await database.execute("INSERT INTO kickbot.trash VALUES ('1/tight.wav', now())")

    async def sweep(sweeping: Database) -> None:
        async with sweeping.transaction() as transaction:
            assert len(await transaction.fetch(DUE, 100)) == 1
            await web_app.execute("DELETE FROM kickgen_generatedkick WHERE id = $1", kick)
            await transaction.execute("DELETE FROM kickbot.trash")

    async with pool.open_pool(target) as connections:
        with pytest.raises(errors.DatabaseUnavailable):
            await sweep(Database(connections, idle=doomed.IDLE))
    assert await database.fetchval("SELECT count(*) FROM kickgen_generatedkick") == 0
    assert await database.fetchval("SELECT count(*) FROM kickbot.trash") == 1


@pytest.mark.parametrize("way", ["target", "pooled_target"])
async def test_a_change_that_was_ended_begins_again(
    way: str, database: Database, request: pytest.FixtureRequest
) -> None:
    async with pool.open_pool(request.getfixturevalue(way)) as connections:
        begun = 0
        await database.execute("CREATE TABLE t (n int)")

        async def change(transaction: Transaction) -> None:
            nonlocal begun
            begun += 1
            await transaction.execute("INSERT INTO t VALUES (1)")
            if begun == 1:
                await asyncio.sleep(1)
            await transaction.execute("INSERT INTO t VALUES (2)")

        await Database(connections, idle=0.2).change(change)
    assert begun == 2
    assert await database.fetchval("SELECT array_agg(n ORDER BY n)::text FROM t") == "{1,2}"
