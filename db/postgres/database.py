"""Statements against PostgreSQL, with the driver's errors told in our words.

As nothing stays prepared, a statement costs two round trips (describe it, then run it), by `execute` without values
one, and a transaction two beside its statements. The first use of a type for which asyncpg asks the server (ranges,
rows, types of our own, arrays but `text[]`) costs six more on each connection, and a `SET`: pass and ask for others.
"""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager, suppress
from functools import partial
from typing import Any, TypeVar

import asyncpg
from asyncpg.pool import PoolConnectionProxy

from core import errors
from db.postgres import driver
from db.postgres.line import Line

PAUSES = (0.1, 0.3, 1.0)
"""Seconds before each further attempt."""

ROLLBACK_SECONDS = 5.0
"""What rolling back may take, for which somebody waits who is told of an error."""

Result = TypeVar("Result")
Call = Callable[[PoolConnectionProxy], Awaitable[Result]]


class Statements(ABC):
    """What runs a statement: the database (each statement by itself) or a transaction.

    Every method may raise `errors.DatabaseUnavailable`, and asyncpg's own errors for what a statement did wrong.
    """

    async def fetch(self, sql: str, *values: object) -> list[asyncpg.Record]:
        """All rows."""
        return await self._run(sql, lambda connection: connection.fetch(sql, *values))

    async def fetchrow(self, sql: str, *values: object) -> asyncpg.Record | None:
        """The first row, None where there is none."""
        return await self._run(sql, lambda connection: connection.fetchrow(sql, *values))

    async def fetchval(self, sql: str, *values: object) -> Any:
        """The first column of the first row, None where there is none."""
        return await self._run(sql, lambda connection: connection.fetchval(sql, *values))

    async def execute(self, sql: str, *values: object) -> str:
        """The command's tag, such as `UPDATE 1`; without values `sql` may hold several statements."""
        return await self._run(sql, lambda connection: connection.execute(sql, *values))

    async def executemany(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """Run it once for each row, for all or for none."""
        await self._run(sql, lambda connection: connection.executemany(sql, rows))

    @abstractmethod
    async def _run(self, sql: str, call: Call[Result]) -> Result:
        """Call with a connection, telling errors in our words."""


class Transaction(Statements):
    """The statements of one transaction, over one connection."""

    def __init__(self, connection: PoolConnectionProxy) -> None:
        self._connection = connection

    async def _run(self, sql: str, call: Call[Result]) -> Result:
        with driver.errors_told(partial(driver.is_lost, self._connection)):
            return await call(self._connection)


class Database(Statements):
    """Statements each by itself, and transactions, over a pool.

    What came to nothing is run again where that may help: a `SELECT` whose connection broke, whatever was not sent at
    all, whatever ended in a deadlock. Anything else whose connection broke may be done: `errors.AnswerLost`. A free
    connection, or a new one, is awaited as long as somebody is served every `patience` seconds. A transaction in which
    nothing is asked for `idle` seconds is ended by the server: nobody waits longer for what a process holds that stands
    still.
    """

    def __init__(self, pool: asyncpg.Pool, patience: float = 10.0, idle: float = 10.0) -> None:
        self._pool = pool
        self._line = Line(pool, patience)
        self._begin = BEGIN.format(idle=round(idle * 1000))

    @property
    def repeating(self) -> Statements:
        """For statements that may be done twice with the same end: they are, where the first answer was lost."""
        return _Repeating(self)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        """Commit at the end of the block, roll back when it raises.

        `errors.AnswerLost` at the end leaves open whether the commit was done; any other
        `errors.DatabaseUnavailable` says that nothing was.
        """
        with driver.errors_told(self._pool.is_closing):
            connection = await self._line.wait()
        is_lost = partial(driver.is_lost, connection)
        try:
            with driver.errors_told(is_lost):
                await connection.execute(self._begin)
            self._line.move()
            yield Transaction(connection)
            with driver.errors_told(is_lost, writing=True):
                await connection.execute("COMMIT")
        except BaseException:
            await _roll_back(connection)
            raise
        finally:
            await self._pool.release(connection)

    async def change(self, change: Callable[[Transaction], Awaitable[Result]]) -> Result:
        """What `change` gives, whose transaction is done once, whatever becomes of answers on the way.

        It is run again where it came to nothing for a reason that passes: a connection that broke, a deadlock, a name
        that the web app took in between. So it does nothing but what is rolled back with the transaction.
        """
        return await self._insist(lambda: self._changed(change))

    async def _changed(self, change: Callable[[Transaction], Awaitable[Result]]) -> Result:
        try:
            async with self.transaction() as transaction:
                number: str = await transaction.fetchval("SELECT pg_current_xact_id()::text")
                result = await change(transaction)
        except errors.AnswerLost as lost:
            if not await self._is_committed(number, lost):
                raise errors.DatabaseUnavailable(detail=lost.detail) from lost.__cause__
        except asyncpg.UniqueViolationError as error:
            if error.table_name not in driver.WEB_APPS:
                raise
            raise errors.DatabaseBusy(detail=str(error)) from error
        return result

    async def _is_committed(self, number: str, lost: errors.AnswerLost) -> bool:
        """Whether the transaction was committed. Raises `lost` where the server does not tell in time."""
        for pause in PAUSES:
            # The server's end of the connection that broke may still be at it.
            await asyncio.sleep(pause)
            with suppress(errors.DatabaseUnavailable):
                status = await self.fetchval("SELECT pg_xact_status($1::text::xid8)", number)
                if status in ("committed", "aborted"):
                    return bool(status == "committed")
        raise lost

    async def _run(self, sql: str, call: Call[Result]) -> Result:
        writing = not sql.lstrip().upper().startswith("SELECT")
        return await self._insist(lambda: self._once(call, writing=writing))

    async def _once(self, call: Call[Result], *, writing: bool) -> Result:
        with driver.errors_told(self._pool.is_closing):
            connection = await self._line.wait()
            try:
                with driver.errors_told(partial(driver.is_lost, connection), writing=writing):
                    result = await call(connection)
            finally:
                await self._pool.release(connection)
            self._line.move()
            return result

    async def _insist(self, attempt: Callable[[], Awaitable[Result]], *, twice: bool = False) -> Result:
        """Attempt it again where it came to nothing for a reason that passes; what may be done only if `twice`."""
        lost: errors.AnswerLost | None = None
        for pause in PAUSES:
            try:
                return await attempt()
            except errors.AnswerLost as error:
                if not twice:
                    raise
                lost = error
            except errors.DatabaseUnavailable as error:
                if self._pool.is_closing() or not (lost or driver.passes(error)):
                    raise
            # A pooler that lost one connection to its server has often lost them all, and has yet to notice.
            await asyncio.sleep(pause)
        try:
            return await attempt()
        except errors.DatabaseUnavailable as error:
            raise lost or error from error.__cause__


class _Repeating(Statements):
    """The statements of a database, each run again where its answer was lost."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def _run(self, sql: str, call: Call[Result]) -> Result:
        return await self._database._insist(lambda: self._database._once(call, writing=True), twice=True)


async def _roll_back(connection: PoolConnectionProxy) -> None:
    """Leave no transaction open: who is cancelled while it begins or ends cannot know whether there is one."""
    try:
        # On a broken connection the server has rolled back already; the block's own error is what matters.
        with suppress(OSError, asyncpg.PostgresError, asyncpg.InterfaceError, *driver.ENDED):
            await connection.execute("ROLLBACK", timeout=ROLLBACK_SECONDS)
    except BaseException:
        connection.terminate()
        raise


BEGIN = "BEGIN; SET LOCAL idle_in_transaction_session_timeout = {idle}"
