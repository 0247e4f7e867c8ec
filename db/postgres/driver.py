"""What asyncpg raises, told once in our words."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import asyncpg
from asyncpg.pool import PoolConnectionProxy

from core import errors
from db.postgres import diagnosing, trust
from db.postgres.target import Target

LOST = (asyncpg.PostgresConnectionError, asyncpg.AdminShutdownError, asyncpg.CrashShutdownError, ConnectionError)
"""The connection broke under a statement; the next one gets a new connection."""

ENDED = (asyncpg.InternalClientError, asyncpg.IdleInTransactionSessionTimeoutError)
"""The server had ended the connection while nothing was asked: asyncpg then sends nothing, and says that it cannot.

Where it sends all the same, it reads the server's reason, and the server nothing.
"""

CROSSED = (asyncpg.DeadlockDetectedError, asyncpg.SerializationError)
"""Two transactions were in each other's way, and the server undid this one."""

UNANSWERED = (*LOST, TimeoutError)
"""What was sent may be done or not."""

REFUSED = (asyncpg.InvalidAuthorizationSpecificationError, asyncpg.InvalidCatalogNameError)
"""The server knows no such user, password or database."""

WHO_ASKS = {"DB_USER", "DB_PASSWORD", "DB_NAME"}

UNAVAILABLE = (
    OSError,
    *ENDED,
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.TransactionRollbackError,
    asyncpg.PostgresSystemError,
    asyncpg.InternalServerError,
    asyncpg.ReadOnlySQLTransactionError,
)
"""The statement may be right and was not done: no way there, too slow, too busy, a stop, read-only for now.

Poolers tell their own troubles (no such tenant, no server connection to be had) as internal errors of the server.
"""


@contextmanager
def errors_told(is_gone: Callable[[], bool], *, writing: bool = False) -> Iterator[None]:
    """Raise `errors.DatabaseUnavailable` for what is not the statement's fault; what is passes as asyncpg's own.

    Three of its kinds tell more: `errors.DatabaseBusy`, `errors.DatabaseFull`, and `errors.AnswerLost` where something
    that is `writing` may be done. asyncpg tells misuse and the use of what is closed alike: `is_gone` says whether it
    is closed.
    """
    try:
        yield
    except REFUSED as error:
        raise errors.DatabaseRefused(detail=_described(error)) from error
    except CROSSED as error:
        raise errors.DatabaseBusy(detail=_described(error)) from error
    except asyncpg.DiskFullError as error:
        raise errors.DatabaseFull(detail=_described(error)) from error
    except UNAVAILABLE as error:
        kind = errors.AnswerLost if writing and isinstance(error, UNANSWERED) else errors.DatabaseUnavailable
        raise kind(detail=_described(error)) from error
    except asyncpg.InterfaceError as error:
        if not is_gone():
            raise
        raise errors.DatabaseUnavailable(detail=_described(error)) from error


@contextmanager
def connecting_told(target: Target) -> Iterator[None]:
    """Raise `errors.DatabaseUnavailable` for what keeps asyncpg from a connection, its diagnosis as the detail."""
    try:
        yield
    except (OSError, UnicodeError, asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError) as error:
        found = diagnosing.diagnose(error, target)
        if problem := trust.problem(error):
            raise errors.DatabaseUntrusted(problem=problem, detail=str(found)) from error
        kind = errors.DatabaseRefused if WHO_ASKS.intersection(found.variables) else errors.DatabaseUnavailable
        raise kind(detail=str(found)) from error


WEB_APPS = ("presets_preset",)
"""Tables of ours and the web app's that hold names once only; it writes there whatever we hold."""


def passes(error: errors.DatabaseUnavailable) -> bool:
    """Whether the same may well succeed in a moment: over a new connection, or when another transaction has ended."""
    if isinstance(error, errors.DatabaseRefused):
        return False  # PgBouncer says so as if the connection broke; who asks it again may wait for 15 seconds
    return isinstance(error, errors.DatabaseBusy) or isinstance(
        error.__cause__, (*LOST, *ENDED, asyncpg.InterfaceError)
    )


def _described(error: BaseException) -> str:
    return f"{type(error).__name__}: {' '.join(str(error).split()) or 'no answer in time'}"


def is_lost(connection: PoolConnectionProxy) -> bool:
    """Whether a connection in use is closed; the pool has then taken it back already, and it refuses to answer."""
    try:
        return connection.is_closed()
    except asyncpg.InterfaceError:
        return True
