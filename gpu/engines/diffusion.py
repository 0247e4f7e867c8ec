"""The engine that runs the diffusion model in this process."""

import asyncio
import time
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass

from core import errors
from core.engine import Order, Progress, Rendered
from gpu import wav
from gpu.batching import Batcher, Full
from gpu.engines.once import Once
from gpu.engines.sampling import Sampling
from gpu.model.kick import Generated, Request
from gpu.rendering import Kick, Model, kicks_of


@dataclass(frozen=True, slots=True)
class Limits:
    """How many kicks are made in one batch (more than one pays on a GPU only), and how many may wait."""

    at_once: int = 1
    waiting: int = 32


@dataclass(frozen=True, slots=True)
class _Loaded:
    model: Model
    words: frozenset[str]
    kicks: Batcher[Kick, Generated]


class DiffusionEngine:
    """One model, loaded once, one thread to run it and a bounded queue before it.

    An order has no call id: it waits and is made while its `updates` are followed, and who leaves them before it is
    begun drops it.
    """

    name = "diffusion"

    def __init__(
        self,
        load: Callable[[], Model],
        *,
        sampling: Sampling | None = None,
        limits: Limits | None = None,
        tick: float = 0.5,
    ) -> None:
        """`load` is called in a thread when the model is first needed. Progress is told every `tick` seconds."""
        self._load = load
        self._sampling = sampling or Sampling()
        self._limits = limits or Limits()
        self._tick = tick
        self._loaded = Once(lambda: asyncio.to_thread(self._open))

    def start(self) -> None:
        """Load the model now, so that the first order need not wait for it."""
        self._loaded.start()

    async def aclose(self) -> None:
        """Drop what waits, and return when the kick that is being made is done."""
        loaded = await self._loaded.end()
        if loaded is not None:
            await asyncio.to_thread(loaded.kicks.close)

    async def vocabulary(self) -> frozenset[str]:
        """The model's words. Raises `errors.EngineRefused` where it cannot be loaded."""
        return (await self._ready()).words

    async def submit(self, order: Order) -> None:
        """See that the order can be made. Raises `errors.EngineBusy`, or `errors.EngineRefused` without a model."""
        if (await self._ready()).kicks.waiting() >= self._limits.waiting:
            raise errors.EngineBusy(waiting=self._limits.waiting)

    async def updates(self, order: Order, call_id: str | None) -> AsyncGenerator[Progress | Rendered]:
        """Make the kick, telling how it goes.

        Raises `errors.EngineBusy`, `errors.EngineRefused`, `errors.EngineFailed`.
        """
        began = time.monotonic()
        loaded = await self._ready()
        try:
            making = loaded.kicks.submit(self._kick(order))
        except Full:
            raise errors.EngineBusy(waiting=self._limits.waiting) from None
        made = asyncio.wrap_future(making)
        try:
            while not made.done():
                yield Progress("rendering" if making.running() else "queued", time.monotonic() - began)
                await asyncio.wait({made}, timeout=self._tick)
            yield self._rendered(self._generated(made), loaded.model.revision)
        finally:
            made.cancel()

    async def cancel(self, call_id: str | None) -> None:
        """Do nothing: who wants the kick no more leaves its updates."""

    def _open(self) -> _Loaded:
        model = self._load()
        kicks = kicks_of(model, most=self._limits.at_once, limit=self._limits.waiting)
        return _Loaded(model, frozenset(model.vocabulary), kicks)

    async def _ready(self) -> _Loaded:
        try:
            return await self._loaded.value()
        except Exception as error:
            raise errors.EngineRefused(detail=f"the model cannot be loaded ({error!r})") from error

    def _kick(self, order: Order) -> Kick:
        request = Request(order.prompt, order.seed, self._sampling.guidance)
        return Kick(request, self._sampling.steps, self._sampling.sampler)

    @staticmethod
    def _generated(made: asyncio.Future[Generated]) -> Generated:
        if made.cancelled():
            raise errors.EngineRefused(detail="the engine was closed while the kick waited")
        if (error := made.exception()) is not None:
            raise errors.EngineFailed(detail=f"the model failed ({error!r})") from error
        return made.result()

    def _rendered(self, generated: Generated, revision: str) -> Rendered:
        return Rendered(
            audio=wav.encode(generated.samples[0]),
            engine=self.name,
            revision=revision,
            matched=generated.matched,
            ignored=generated.ignored,
            seed=generated.seed,
            steps=self._sampling.steps,
            guidance=self._sampling.guidance,
        )
