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

from db import driver

PAUSE_SECONDS = 0.1

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

    A `SELECT` whose connection broke is run once more; anything else may have been done, so it is not repeated. A
    free connection, or a new one, is awaited for `patience` seconds.
    """

    def __init__(self, pool: asyncpg.Pool, patience: float = 10.0) -> None:
        self._pool = pool
        self._patience = patience

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        """Commit at the end of the block, roll back when it raises.

        `errors.DatabaseUnavailable` at the end leaves open whether the commit was done.
        """
        with driver.errors_told(self._pool.is_closing):
            connection = await self._pool.acquire(timeout=self._patience)
        is_lost = partial(driver.is_lost, connection)
        try:
            transaction = connection.transaction()
            with driver.errors_told(is_lost):
                await transaction.start()
            try:
                yield Transaction(connection)
            except BaseException:
                # On a broken connection the server has rolled back already; the block's own error is what matters.
                with suppress(OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
                    await transaction.rollback()
                raise
            with driver.errors_told(is_lost):
                await transaction.commit()
        finally:
            await self._pool.release(connection)

    async def _run(self, sql: str, call: Call[Result]) -> Result:
        with driver.errors_told(self._pool.is_closing):
            try:
                return await self._once(call)
            except driver.LOST:
                if not sql.lstrip().upper().startswith("SELECT"):
                    raise
            # A pooler that lost one connection to its server has often lost them all, and has yet to notice.
            await asyncio.sleep(PAUSE_SECONDS)
            return await self._once(call)

    async def _once(self, call: Call[Result]) -> Result:
        async with self._pool.acquire(timeout=self._patience) as connection:
            return await call(connection)
