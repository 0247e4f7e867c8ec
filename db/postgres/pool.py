"""A pool of connections that works through a transaction pooler, and where a database is."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Any, Literal

import asyncpg

CLOSING_SECONDS = 10.0
SYSTEM = "system"

Connect = Callable[..., Coroutine[Any, Any, asyncpg.Connection]]


@dataclass(frozen=True, slots=True)
class Target:
    """Where a database is and who asks.

    `host` is a name, an address, or the folder of a Unix socket (it starts with a slash). `ca` are the authorities
    whose certificates are accepted, as PEM text, or `SYSTEM` for those of this machine: with it the server's
    certificate and name are verified, without it the line is encrypted only. `tls` None means TLS for every host but
    this machine, and wherever there is a `ca`. `connect` takes the place of `asyncpg.connect`.
    """

    host: str
    port: int
    name: str
    user: str
    password: str = field(default="", repr=False)
    tls: bool | None = None
    ca: str | None = field(default=None, repr=False)
    connect: Connect | None = field(default=None, repr=False, compare=False)

    @property
    def is_here(self) -> bool:
        """Whether the line stays on this machine, as its host's name says."""
        if self.host.startswith("/") or self.host == "localhost":
            return True
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return False


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
        timeout=10.0,
        command_timeout=seconds,
        statement_cache_size=0,
        connect=target.connect,
        reset=_leave_as_it_is,
        server_settings={"application_name": application},
    )
    await pool
    try:
        yield pool
    finally:
        await _closed(pool)


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
