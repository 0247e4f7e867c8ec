"""Engines that take their time, in the simulation's clock."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import dataclass

from core.engine import Order, Progress, Rendered
from tests.fakes.engine import FakeEngine


@dataclass
class SlowEngine(FakeEngine):
    """Says every `timing` seconds how far it is; `states` is what it says, one after the other."""

    timing: float = 6.0
    states: tuple[str, ...] = ("queued", "waking", "rendering")

    async def updates(self, order: Order, call_id: str | None) -> AsyncGenerator[Progress | Rendered]:
        for number, state in enumerate(self.states):
            yield Progress(state, number * self.timing)  # type: ignore[arg-type]
            await asyncio.sleep(self.timing)
        async for step in super().updates(order, call_id):
            if isinstance(step, Rendered):
                yield step
