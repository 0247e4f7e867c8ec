"""An engine that does what a test says, with a sound of its own."""

import io
from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import dataclass, field

import numpy as np
import soundfile

from core import errors
from core.engine import Order, Progress, Rendered
from core.making import prompts


def decaying_sine(seed: int) -> bytes:
    """A WAV of a 55 Hz sine that has died away after a second; its level tells the seed."""
    time = np.arange(44100) / 44100
    sine = np.sin(2 * np.pi * 55 * time) * np.exp(-6 * time) * (0.5 + seed % 1000 / 2500)
    file = io.BytesIO()
    soundfile.write(file, sine.astype(np.float32), 44100, format="WAV", subtype="FLOAT")
    return file.getvalue()


async def _nothing() -> None:
    """Nothing happens meanwhile."""


@dataclass
class FakeEngine:
    """Knows a few words. `render` makes the audio or raises; `with_calls` gives out call ids that survive it."""

    name: str = "fake"
    words: frozenset[str] | None = frozenset({"hit", "house", "deep", "808"})
    render: Callable[[Order], bytes] = field(default=lambda order: decaying_sine(order.seed))
    with_calls: bool = False
    calls: dict[str, Order] = field(default_factory=dict)
    submitted: list[Order] = field(default_factory=list)
    cancelled: list[str | None] = field(default_factory=list)
    before_answer: Callable[[], Awaitable[None]] = field(default=_nothing)
    lost: set[str] = field(default_factory=set)

    async def vocabulary(self) -> frozenset[str] | None:
        return self.words

    async def submit(self, order: Order) -> str | None:
        self.submitted.append(order)
        if not self.with_calls:
            return None
        call_id = f"call-{len(self.submitted)}"
        await self.before_answer()
        self.calls[call_id] = order
        return call_id

    async def updates(self, order: Order, call_id: str | None) -> AsyncGenerator[Progress | Rendered]:
        yield Progress("rendering", 0.0)
        if call_id in self.lost:
            raise errors.ResultGone
        order = self.calls[call_id] if call_id is not None else order
        match = prompts.match(prompts.Request(order.prompt), self.words) if self.words else None
        yield Rendered(
            audio=self.render(order),
            engine=self.name,
            revision="fake-1",
            matched=match.matched if match else None,
            ignored=match.ignored if match else None,
            seed=order.seed,
        )

    async def cancel(self, call_id: str | None) -> None:
        self.cancelled.append(call_id)
