"""How benchmarks measure and tell."""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass


def percentiles(seconds: Sequence[float]) -> str:
    """The 50th, 95th and 99th percentile in milliseconds."""
    ordered = sorted(seconds)
    at = {rank: ordered[min(len(ordered) - 1, int(len(ordered) * rank / 100))] * 1000 for rank in (50, 95, 99)}
    return "  ".join(f"p{rank} {value:7.1f} ms" for rank, value in at.items())


def tell(what: str, figures: str, aim: str = "") -> None:
    """One line of results."""
    print(f"{what:<58} {figures}" + (f"   (aim: {aim})" if aim else ""))


@dataclass
class Blocks:
    """The longest time, in seconds, that the event loop did not get round to its next turn."""

    longest: float = 0.0


@asynccontextmanager
async def watched_loop() -> AsyncIterator[Blocks]:
    """Watch for blocks of the event loop; a turn is due every millisecond."""
    blocks = Blocks()

    async def watch() -> None:
        while True:
            before = time.perf_counter()
            await asyncio.sleep(0.001)
            blocks.longest = max(blocks.longest, time.perf_counter() - before - 0.001)

    watching = asyncio.create_task(watch())
    try:
        yield blocks
    finally:
        watching.cancel()
