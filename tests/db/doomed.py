"""A process that is killed in the midst of a merge or of a forgetting; `test_killed.py` runs it as a child."""

import asyncio
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from bots.composition.platforms import PLATFORMS
from core.accounts.accounts import Accounts
from core.chat.removals import Removals
from core.library.clearing import Clearing
from core.people import Actor, Person
from db import sweepings
from db.accounts import accounts, link_codes, people
from db.postgres import pool
from db.postgres.database import Call, Database, Result, Statements
from db.removals import RemovalRows
from db.storage import folder
from tests.core.doomed import Fuse
from tests.core.people import KEYS, SERVER
from tests.db.filling import NOW
from tests.fakes.channels import Board

BOARD = "board"
"""The folder, among the files, where messages are shown."""
IDLE = 1.0
"""Seconds after which the server ends a transaction of who stands still."""


class FusedDatabase(Database):
    """A database of whose transactions each statement, and the commit, is a step."""

    def __init__(self, connections: Any, fuse: Fuse, idle: float = 10.0) -> None:
        super().__init__(connections, idle=idle)
        self._fuse = fuse

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Any]:
        async with super().transaction() as transaction:
            yield _Fused(transaction, self._fuse)
            self._fuse.burn()


class _Fused(Statements):
    def __init__(self, transaction: Statements, fuse: Fuse) -> None:
        self._transaction = transaction
        self._fuse = fuse

    async def _run(self, sql: str, call: Call[Result]) -> Result:
        self._fuse.burn()
        return await self._transaction._run(sql, call)


def confirm(target: pool.Target, files: Path, at: int, who: Person, identity: int) -> None:
    """Confirm to be joined with the identity, whose code `who` has entered; killed at step `at`, or done."""
    asyncio.run(_run(target, files, Fuse(at), lambda service: service.confirm(Actor(who, SERVER), identity)))


def confirm_in_two_goes(target: pool.Target, files: Path, at: int, who: Person, identity: int) -> None:
    """As `confirm`, but stands still at step `at` until it is let go on; a transaction may be idle for `IDLE`."""
    fuse = Fuse(at, by=signal.SIGSTOP)
    asyncio.run(_run(target, files, fuse, lambda service: service.confirm(Actor(who, SERVER), identity), IDLE))


def forget(target: pool.Target, files: Path, at: int, who: Person, identity: int) -> None:
    """Have `who`, the identity, forgotten with the web login; killed at step `at`, or done."""
    asyncio.run(
        _run(target, files, Fuse(at), lambda service: service.forget(Actor(who, SERVER), identity, with_web=True))
    )


async def _run(
    target: pool.Target, files: Path, fuse: Fuse, change: Callable[[Accounts], Awaitable[object]], idle: float = 10.0
) -> None:
    async with pool.open_pool(target, size=2) as connections:
        database = FusedDatabase(connections, fuse, idle)
        store = fuse.around(await folder.open_folder(files, "http://localhost"), "remove")
        board = fuse.around(Board(files / BOARD), "remove")
        rows = fuse.around(RemovalRows(database), "end")
        removals = Removals(rows, {"test-bot": board.remove})
        trash = fuse.around(sweepings.Sweepings(database), "emptied")
        await change(
            Accounts(
                people=people.People(database, KEYS, lambda: NOW),
                rows=accounts.AccountRows(database, KEYS, PLATFORMS),
                codes=link_codes.LinkCodes(database, PLATFORMS),
                clearing=Clearing(removals, trash, store),
                keys=KEYS,
                clock=lambda: NOW,
            )
        )
