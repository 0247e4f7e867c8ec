"""The engine that is always there: kicks computed from oscillators and noise, with no model and no network."""

import asyncio
import io
import time
from collections.abc import AsyncGenerator
from typing import Final

import soundfile

from core import engine
from gpu.synth import words
from gpu.synth.render import render
from gpu.synth.signals import RATE

NAME: Final = "synth"
REVISION: Final = "synth-1"


class SynthEngine:
    """Implements `core.engine.Engine`. The same prompt and seed give the same bytes under the same `REVISION`."""

    @property
    def name(self) -> str:
        return NAME

    async def vocabulary(self) -> frozenset[str]:
        return words.vocabulary()

    async def submit(self, order: engine.Order) -> None:
        """There is nothing to hand over: the work is done while `updates` is read."""

    async def updates(
        self, order: engine.Order, call_id: str | None
    ) -> AsyncGenerator[engine.Progress | engine.Rendered]:
        started = time.monotonic()
        yield engine.Progress("rendering", time.monotonic() - started)
        yield await asyncio.to_thread(make, order)

    async def cancel(self, call_id: str | None) -> None:
        """A kick is done before anybody can call it off."""


def make(order: engine.Order) -> engine.Rendered:
    """One kick as a WAV of 24 bits, mono, 44.1 kHz."""
    reading = words.read(order.prompt)
    sound = render(words.recipe(reading.matched, order.seed), order.seed)
    file = io.BytesIO()
    # A WAV of floats would carry the time at which it was written, and so never be the same twice.
    soundfile.write(file, sound, RATE, format="WAV", subtype="PCM_24")
    return engine.Rendered(
        audio=file.getvalue(),
        engine=NAME,
        revision=REVISION,
        matched=reading.matched,
        ignored=reading.ignored,
        seed=order.seed,
    )
