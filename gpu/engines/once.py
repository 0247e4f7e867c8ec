"""A value that takes long to make."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class Once(Generic[T]):
    """Made when it is first needed and shared by all who wait meanwhile; after a failure the next one tries again."""

    def __init__(self, make: Callable[[], Coroutine[Any, Any, T]]) -> None:
        """Nothing is made yet."""
        self._make = make
        self._making: asyncio.Task[T] | None = None

    async def value(self) -> T:
        """The value. Whoever stops waiting leaves the attempt to those who ask next. Raises what `make` raises."""
        return await asyncio.shield(self.start())

    def start(self) -> asyncio.Task[T]:
        """Begin to make it, where nobody has."""
        if self._making is None or (self._making.done() and self._failed(self._making)):
            self._making = asyncio.create_task(self._make())
            # An attempt that fails when nobody waits any more is nothing to complain about.
            self._making.add_done_callback(self._failed)
        return self._making

    async def end(self) -> T | None:
        """Give up making it; the value where it was made, so that it can be closed."""
        if self._making is None:
            return None
        self._making.cancel()
        await asyncio.wait({self._making})
        return None if self._failed(self._making) else self._making.result()

    @staticmethod
    def _failed(task: asyncio.Task[T]) -> bool:
        return task.cancelled() or task.exception() is not None
