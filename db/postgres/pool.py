"""A pool of connections that works through a transaction pooler."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Literal

import asyncpg

from db.postgres import driver
from db.postgres.target import SYSTEM, Connect, Target

__all__ = ["SYSTEM", "Target", "open_pool"]

CONNECT_SECONDS = 8.0
"""Less than anybody waits for a connection, so that they are told why there is none."""

CLOSING_SECONDS = 10.0


@asynccontextmanager
async def open_pool(
    target: Target, *, size: int = 10, application: str = "kickbot", seconds: float = 30.0
) -> AsyncIterator[asyncpg.Pool]:
    """A pool of at most `size` connections, none of them made before it is needed; `seconds` end a statement.

    Between two statements outside a transaction a transaction pooler may change the server's connection. So nothing
    is prepared under a name, nothing is `SET`, no session lock is taken, and a connection is handed back as it is.
    """
    pool = asyncpg.create_pool(
        host=target.host,
        port=target.port,
        database=target.name,
        user=target.user,
        password=target.password,
        ssl=_tls(target),
        min_size=0,
        max_size=size,
        timeout=CONNECT_SECONDS,
        command_timeout=seconds,
        statement_cache_size=0,
        connect=_telling(target),
        reset=_leave_as_it_is,
        server_settings={"application_name": application},
    )
    await pool
    try:
        yield pool
    finally:
        await _closed(pool)


def _telling(target: Target) -> Connect:
    """Connects, and raises what keeps it from that as `errors.DatabaseUnavailable`."""
    connecting = target.connect or asyncpg.connect

    async def connect(*words: Any, **named: Any) -> asyncpg.Connection:
        with driver.connecting_told(target):
            return await connecting(*words, **named)

    return connect


async def _closed(pool: asyncpg.Pool) -> None:
    """Wait a while for connections that are in use, then cut them."""
    try:
        await asyncio.wait_for(pool.close(), CLOSING_SECONDS)
    except (TimeoutError, OSError, asyncpg.PostgresError):
        pool.terminate()


async def _leave_as_it_is(connection: asyncpg.Connection) -> None:
    """Takes the place of asyncpg's `RESET ALL` and its like, which cost a round trip and belong to a session."""


def _tls(target: Target) -> ssl.SSLContext | Literal["require", False]:
    wanted = target.tls if target.tls is not None else target.ca is not None or not target.is_here
    if not wanted:
        return False
    if target.ca is None:
        return "require"
    return ssl.create_default_context(cadata=None if target.ca == SYSTEM else target.ca)
