"""Showing the newest of many texts, not too often, beside what goes on."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

Send = Callable[[str], Awaitable[None]]

LAST_WORD = 1.0
"""Seconds that a text on its way gets to arrive before what follows: edits may overtake each other."""


@dataclass(slots=True)
class Throttle:
    """Sends the newest text each `every` seconds, where there is one that was not sent; `send` raises nothing."""

    send: Send
    every: float
    newest: str | None = None
    sending: asyncio.Lock = field(default_factory=asyncio.Lock)

    def tell(self, text: str) -> None:
        """Have it shown in a while, unless something newer is told before."""
        self.newest = text

    async def run(self) -> None:
        """Send until cancelled."""
        while True:
            await asyncio.sleep(self.every)
            async with self.sending:
                text, self.newest = self.newest, None
                if text is not None:
                    await self.send(text)


@asynccontextmanager
async def throttled(send: Send, every: float) -> AsyncIterator[Throttle]:
    """What is told in the block is shown beside it. After the block nothing more is sent.

    The block's end waits a second at most for a text that is on its way, so that no edit holds up what is shown next.
    """
    told = Throttle(send, every)
    running = asyncio.create_task(told.run())
    try:
        yield told
    finally:
        with suppress(TimeoutError):
            async with asyncio.timeout(LAST_WORD), told.sending:
                pass
        running.cancel()
