"""Showing the newest of many texts, not too often, while something goes on."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

Send = Callable[[str], Awaitable[None]]


@dataclass(slots=True)
class Paced:
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
async def paced(send: Send, every: float) -> AsyncIterator[Paced]:
    """What is told in the block is shown beside it. After the block nothing is sent, nor is anything on its way."""
    told = Paced(send, every)
    running = asyncio.create_task(told.run())
    try:
        yield told
    finally:
        async with told.sending:
            running.cancel()
