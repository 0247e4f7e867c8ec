"""What asyncpg raises, told once in our words."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import asyncpg
from asyncpg.pool import PoolConnectionProxy

from core import errors

LOST = (asyncpg.ConnectionDoesNotExistError, asyncpg.AdminShutdownError, asyncpg.CrashShutdownError, ConnectionError)
"""The connection broke under a statement; the next one gets a new connection."""

REFUSED = (asyncpg.InvalidAuthorizationSpecificationError, asyncpg.InvalidCatalogNameError)
"""The server knows no such user, password or database."""

UNAVAILABLE = (
    OSError,
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.TransactionRollbackError,
    asyncpg.PostgresSystemError,
    asyncpg.InternalServerError,
    asyncpg.ReadOnlySQLTransactionError,
)
"""The statement may be right and was not done: no way there, too slow, too busy, a stop, a deadlock, read-only for now.

Poolers tell their own troubles (no such tenant, no server connection to be had) as internal errors of the server.
"""


@contextmanager
def errors_told(is_gone: Callable[[], bool]) -> Iterator[None]:
    """Raise `errors.DatabaseUnavailable` for what is not the statement's fault; what is passes as asyncpg's own.

    asyncpg tells misuse and the use of what is closed alike: `is_gone` says whether it is closed.
    """
    try:
        yield
    except REFUSED as error:
        raise errors.DatabaseRefused(detail=_described(error)) from error
    except UNAVAILABLE as error:
        raise errors.DatabaseUnavailable(detail=_described(error)) from error
    except asyncpg.InterfaceError as error:
        if not is_gone():
            raise
        raise errors.DatabaseUnavailable(detail=_described(error)) from error


def _described(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"


def is_lost(connection: PoolConnectionProxy) -> bool:
    """Whether a connection in use is closed; the pool has then taken it back already, and it refuses to answer."""
    try:
        return connection.is_closed()
    except asyncpg.InterfaceError:
        return True
