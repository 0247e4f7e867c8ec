"""Whether an order waits, wakes a container or is rendered: the platform's own figures, asked beside the result."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Literal

from modal.types import FunctionCurrentStats

State = Literal["queued", "waking", "rendering"]


def state(stats: FunctionCurrentStats) -> State:
    """What the figures say of an order that has no result yet. They are the whole app's: a good guess."""
    if stats.num_total_runners == 0 or (stats.backlog > 0 and stats.num_running_inputs == 0):
        return "waking"
    return "queued" if stats.backlog > 0 else "rendering"


class Watch:
    """The latest known state. Nobody waits for it, and where Modal does not tell, the last one stands."""

    def __init__(self, ask: Callable[[], Awaitable[FunctionCurrentStats]], timeout: float) -> None:
        """`ask` is given up after `timeout` seconds."""
        self._ask = ask
        self._timeout = timeout
        self._state: State = "queued"
        self._asking: asyncio.Task[None] | None = None

    def glance(self) -> State:
        """The state, as far as it is known; a new question is sent where none is open."""
        if self._asking is None or self._asking.done():
            self._asking = asyncio.create_task(self._refresh())
        return self._state

    def close(self) -> None:
        """Ask no more."""
        if self._asking is not None:
            self._asking.cancel()

    async def _refresh(self) -> None:
        try:
            async with asyncio.timeout(self._timeout):
                self._state = state(await self._ask())
        except Exception:  # the figures are a courtesy: without them the kick comes all the same
            return
