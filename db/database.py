"""Statements against PostgreSQL, with the driver's errors told in our words.

With no statement cache a statement with values costs two round trips (parse and describe, then bind and execute),
one without values one, when it is run by `execute`. Types that PostgreSQL did not bring along, and most arrays, cost
two to four more once a connection, and a `SET` that leaks: pass and ask for plain types, `text[]`, `jsonb` as text.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any, Protocol, TypeVar

import asyncpg
from asyncpg.pool import PoolConnectionProxy

from db import driver

Result = TypeVar("Result")

ACQUIRING_SECONDS = 10.0


class Statements(Protocol):
    """What runs a statement: the database (each statement by itself) or a transaction.

    Every method may raise `errors.DatabaseUnavailable`, and asyncpg's own errors for what a statement did wrong.
    """

    async def fetch(self, sql: str, *values: object) -> list[asyncpg.Record]:
        """All rows."""

    async def fetchrow(self, sql: str, *values: object) -> asyncpg.Record | None:
        """The first row, None where there is none."""

    async def fetchval(self, sql: str, *values: object) -> Any:
        """The first column of the first row, None where there is none."""

    async def execute(self, sql: str, *values: object) -> str:
        """The command's tag, such as `UPDATE 1`; without values `sql` may hold several statements."""

    async def executemany(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """Run once for each row: all or none."""


class Transaction:
    """The statements of one transaction, over one connection."""

    def __init__(self, connection: PoolConnectionProxy) -> None:
        self._connection = connection

    async def fetch(self, sql: str, *values: object) -> list[asyncpg.Record]:
        with driver.errors_told():
            return await self._connection.fetch(sql, *values)

    async def fetchrow(self, sql: str, *values: object) -> asyncpg.Record | None:
        with driver.errors_told():
            return await self._connection.fetchrow(sql, *values)

    async def fetchval(self, sql: str, *values: object) -> Any:
        with driver.errors_told():
            return await self._connection.fetchval(sql, *values)

    async def execute(self, sql: str, *values: object) -> str:
        with driver.errors_told():
            return await self._connection.execute(sql, *values)

    async def executemany(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        with driver.errors_told():
            await self._connection.executemany(sql, rows)


class Database:
    """Statements each by itself, and transactions, over a pool.

    A `SELECT` whose connection was lost is run once more; anything else may have been done, so it is not repeated.
    """

    def __init__(self, pool: asyncpg.Pool) -> None:
        self._pool = pool

    async def fetch(self, sql: str, *values: object) -> list[asyncpg.Record]:
        return await self._run(sql, lambda connection: connection.fetch(sql, *values))

    async def fetchrow(self, sql: str, *values: object) -> asyncpg.Record | None:
        return await self._run(sql, lambda connection: connection.fetchrow(sql, *values))

    async def fetchval(self, sql: str, *values: object) -> Any:
        return await self._run(sql, lambda connection: connection.fetchval(sql, *values))

    async def execute(self, sql: str, *values: object) -> str:
        return await self._run(sql, lambda connection: connection.execute(sql, *values))

    async def executemany(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        await self._run(sql, lambda connection: connection.executemany(sql, rows))

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        """Commit at the end of the block, roll back when it raises.

        `errors.DatabaseUnavailable` at the end leaves open whether the commit was done.
        """
        with driver.errors_told():
            connection = await self._pool.acquire(timeout=ACQUIRING_SECONDS)
        try:
            transaction = connection.transaction()
            with driver.errors_told():
                await transaction.start()
            try:
                yield Transaction(connection)
            except BaseException:
                # Where the connection is lost the server has rolled back already; the block's error is what matters.
                with suppress(OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
                    await transaction.rollback()
                raise
            with driver.errors_told():
                await transaction.commit()
        finally:
            await self._pool.release(connection)

    async def _run(self, sql: str, call: Callable[[PoolConnectionProxy], Awaitable[Result]]) -> Result:
        with driver.errors_told():
            try:
                return await self._once(call)
            except driver.LOST:
                if not sql.lstrip().upper().startswith("SELECT"):
                    raise
            return await self._once(call)

    async def _once(self, call: Callable[[PoolConnectionProxy], Awaitable[Result]]) -> Result:
        async with self._pool.acquire(timeout=ACQUIRING_SECONDS) as connection:
            return await call(connection)
