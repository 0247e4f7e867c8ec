"""Noting what is done, for which whoever asked for that waits only so long."""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, field


@dataclass(slots=True)
class Noting:
    """Notes that are being written. One of which nobody waits for the end goes on by itself."""

    running: set[asyncio.Task[None]] = field(default_factory=set)

    async def wait(self, note: Coroutine[None, None, None], seconds: float) -> None:
        """Write it; return at its end, or after so long."""
        # To cancel it would not do: a statement that is cancelled still waits for the server to say so.
        task = asyncio.create_task(note)
        self.running.add(task)
        task.add_done_callback(self.running.discard)
        done, _ = await asyncio.wait({task}, timeout=seconds)
        for each in done:
            each.result()
