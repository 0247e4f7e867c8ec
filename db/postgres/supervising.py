"""An embedded server that dies while it is used is started again by whoever finds it gone."""

import asyncio
from collections.abc import Callable
from logging import getLogger
from pathlib import Path
from typing import Any

import asyncpg

from core import errors

PAUSES = (1.0, 2.0, 5.0, 15.0, 60.0)
"""Seconds after each start that failed in which no other is tried."""

RECOVERY_PAUSE = 0.1

log = getLogger(__name__)


class Supervisor:
    """Connects to a server, and has it started again where it is gone.

    `revive` (which blocks) starts it, unless another process did; where its socket is, and whether it was started. It
    raises `errors.DatabaseUnusable`.
    """

    def __init__(self, revive: Callable[[], tuple[Path, bool]]) -> None:
        self._revive = revive
        self._reviving: asyncio.Task[Path | None] | None = None
        self._failures = 0
        self._not_before = 0.0

    async def connect(self, *words: Any, **named: Any) -> asyncpg.Connection:
        """As `asyncpg.connect`. Raises OSError where the server is gone and cannot be started."""
        try:
            return await _recovered(*words, **named)
        except OSError:
            sockets = await self._running()
            if sockets is None:
                raise
        return await _recovered(*words, **named | {"host": str(sockets)})

    async def close(self) -> None:
        """Wait for a start that is under way."""
        if self._reviving is not None:
            await asyncio.wait({self._reviving})

    async def _running(self) -> Path | None:
        """Where the server runs now, None where it cannot be started. One start is for all who wait."""
        if self._reviving is None or self._reviving.done():
            self._reviving = asyncio.create_task(self._start())
        return await asyncio.shield(self._reviving)

    async def _start(self) -> Path | None:
        loop = asyncio.get_running_loop()
        if loop.time() < self._not_before:
            return None
        try:
            sockets, started = await asyncio.to_thread(self._revive)
        except errors.DatabaseUnusable as error:
            pause = PAUSES[min(self._failures, len(PAUSES) - 1)]
            self._failures += 1
            self._not_before = loop.time() + pause
            log.error("PostgreSQL is gone. %s This is tried again, in %.0f s at the earliest.", error, pause)
            return None
        self._failures = 0
        if started:
            log.warning("PostgreSQL was gone and has been started again")
        return sockets


async def _recovered(*words: Any, **named: Any) -> asyncpg.Connection:
    """Connect, once PostgreSQL has recovered where it is at it: after the crash of a backend it does that by itself."""
    while True:
        try:
            return await asyncpg.connect(*words, **named)
        except asyncpg.CannotConnectNowError:
            await asyncio.sleep(RECOVERY_PAUSE)
