"""The line in which statements wait for a free connection."""

import asyncio

import asyncpg
from asyncpg.pool import PoolConnectionProxy


class Line:
    """Waits for a connection of the pool as long as the line moves, however long it is.

    It moves when somebody has got a connection over which the server has answered.
    """

    def __init__(self, pool: asyncpg.Pool, patience: float) -> None:
        self._pool = pool
        self._patience = patience
        self._moved = 0.0

    async def wait(self) -> PoolConnectionProxy:
        """A connection that is free, or a new one, for the caller to release.

        Raises `TimeoutError` where the line has not moved for `patience` seconds.
        """
        loop = asyncio.get_running_loop()
        timer: asyncio.TimerHandle

        def look() -> None:
            """Give up, or look again when it would be time to."""
            nonlocal timer
            if self._moved + self._patience > loop.time():
                timer = loop.call_at(self._moved + self._patience, look)
            else:
                limit.reschedule(loop.time())

        try:
            async with asyncio.timeout(None) as limit:
                timer = loop.call_later(self._patience, look)
                try:
                    return await self._pool.acquire()
                finally:
                    timer.cancel()
        except TimeoutError as error:
            raise TimeoutError(f"no connection was free for {self._patience:g} s") from error

    def move(self) -> None:
        """Somebody was served."""
        self._moved = asyncio.get_running_loop().time()
