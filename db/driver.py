"""What asyncpg raises, told once in our words."""

from collections.abc import Iterator
from contextlib import contextmanager

import asyncpg

from core import errors

LOST = (
    asyncpg.ConnectionDoesNotExistError,
    asyncpg.ConnectionFailureError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    ConnectionError,
)
"""The connection broke under a statement; the next one gets a new connection."""

UNAVAILABLE = (
    OSError,
    TimeoutError,
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.InvalidAuthorizationSpecificationError,
    asyncpg.InvalidCatalogNameError,
    asyncpg.TransactionRollbackError,
    asyncpg.InternalServerError,
)
"""The statement may be right and was not done: no way to the server, a stop, too busy, a deadlock.

Poolers tell their own troubles (unknown tenant, no server connection to be had) as internal errors of the server.
"""


@contextmanager
def errors_told() -> Iterator[None]:
    """Raise `errors.DatabaseUnavailable` for what is the server's or the way's fault; the statement's own pass."""
    try:
        yield
    except UNAVAILABLE as error:
        raise errors.DatabaseUnavailable(detail=f"{type(error).__name__}: {error}") from error
