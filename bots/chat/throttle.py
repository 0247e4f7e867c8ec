"""Showing the newest of many texts, not too often, beside what goes on."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

Send = Callable[[str], Awaitable[None]]

LAST_WORD = 1.0
"""Seconds that a text on its way gets to arrive before what follows: edits may overtake each other."""


@dataclass(slots=True)
class Throttle:
    """Sends the newest text each `every` seconds, where there is one that was not sent; `send` raises nothing.

    `going` is the text that was sent last, on its way or arrived.
    """

    send: Send
    every: float
    newest: str | None = None
    going: asyncio.Future[None] | None = None

    @property
    def late(self) -> asyncio.Future[None] | None:
        """A text that is still on its way: where it arrives it may take the place of what was shown after it."""
        return self.going if self.going is not None and not self.going.done() else None

    def tell(self, text: str) -> None:
        """Have it shown in a while, unless something newer is told before."""
        self.newest = text

    async def run(self) -> None:
        """Send until cancelled; what is on its way then goes on."""
        while True:
            await asyncio.sleep(self.every)
            text, self.newest = self.newest, None
            if text is not None:
                self.going = asyncio.ensure_future(self.send(text))
                await asyncio.wait({self.going})


@asynccontextmanager
async def throttled(send: Send, every: float) -> AsyncIterator[Throttle]:
    """What is told in the block is shown beside it. After the block nothing more is sent.

    The block's end waits a second at most for a text that is on its way, so that no edit holds up what is shown next;
    `late` tells of one that has not arrived by then.
    """
    told = Throttle(send, every)
    running = asyncio.create_task(told.run())
    try:
        yield told
    finally:
        running.cancel()
        if told.late is not None:
            await asyncio.wait({told.late}, timeout=LAST_WORD)
