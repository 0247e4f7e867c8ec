"""Requests to Supabase Storage: asked again while a failure passes, and its errors told in our own words."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

import httpx
from storage3.exceptions import StorageApiError
from storage3.utils import StorageException

from core import errors

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a request is asked again: after each of `pauses`, in seconds, and for `seconds` in all."""

    pauses: tuple[float, ...] = (0.2, 0.6, 1.8, 4.0)
    seconds: float = 20.0


async def insist(request: Callable[[], Awaitable[T]], patience: Patience) -> T:
    """The answer to `request`, which must do no harm when it is done twice. Raises what it raised last."""
    last: Exception | None = None
    try:
        async with asyncio.timeout(patience.seconds):
            for pause in patience.pauses:
                try:
                    return await request()
                except (StorageApiError, httpx.TransportError) as error:
                    if not _passes(error):
                        raise
                    last = error
                # Spread out, so that everything that failed at once is not asked again at once.
                await asyncio.sleep(pause * random.uniform(0.75, 1.25))
            return await request()
    except TimeoutError as error:
        raise last or error from None


@contextmanager
def translated(doing: str) -> Iterator[None]:
    """Turn every way in which storage fails into `errors.StorageFailed`; `doing` is for the log."""
    try:
        yield
    except (StorageException, httpx.HTTPError, TimeoutError, ValueError) as error:
        raise errors.StorageFailed(detail=f"{doing}: {told(error)}") from error


def told(error: Exception) -> str:
    """The error in one short line for a log or an operator."""
    kind = f"{error.status} {error.code}" if isinstance(error, StorageApiError) else type(error).__name__
    message = error.message if isinstance(error, StorageApiError) else str(error)
    return f"{kind} {' '.join(message.split())[:200]}".strip()


def status(error: StorageApiError) -> int:
    """The HTTP status that storage means. It comes in the body, while the response itself says 400 for nearly all."""
    text = str(error.status)
    return int(text) if text.isdecimal() else 0


def is_missing(error: StorageApiError, code: str) -> bool:
    """Whether storage itself, not just something at its address, says that the thing meant by `code` is not there."""
    return status(error) == 404 and error.code == code


def _passes(error: StorageApiError | httpx.TransportError) -> bool:
    """Whether the same request may well succeed in a moment."""
    if isinstance(error, StorageApiError):
        return status(error) in (408, 423, 429) or status(error) >= 500
    return not isinstance(error, (httpx.LocalProtocolError, httpx.UnsupportedProtocol))
