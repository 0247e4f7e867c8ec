"""The app as it is deployed on Modal at the moment."""

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import modal
from modal.types import FunctionCurrentStats

from core.engine import Order
from core.making.vocabulary import Vocabulary
from gpu import deployed
from gpu.engines.sampling import Sampling
from gpu.modal_engine import answers
from gpu.modal_engine.connection import Connection

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Worker:
    """The class that was found. `method` makes kicks; an older class has only `generate_kick`, which takes no seed."""

    method: "modal.Function[..., Any, Any]"
    takes_seed: bool
    found: float

    async def spawn(self, order: Order, sampling: Sampling) -> str:
        """Order a kick. Every parameter goes by its name: a batched method accepts no other call."""
        given: dict[str, Any] = {
            "prompt": order.prompt,
            "cfg_scale": sampling.guidance,
            "steps": sampling.steps,
        }
        if self.takes_seed:
            given |= {"seed": order.seed, "sampler": sampling.sampler}
        call = await self.method.spawn.aio(**given)
        return call.object_id


class Deployment:
    """Looked up when it is first needed and again when that is long ago, so that a new deployment is found.

    Every method raises what the Modal client raises, and may take as long: put a deadline around it.
    """

    def __init__(self, connection: Connection, *, max_age: float = 300) -> None:
        """Trust what was looked up for `max_age` seconds."""
        self._connection = connection
        self._max_age = max_age
        self._worker: Worker | None = None

    async def spawn(self, order: Order, sampling: Sampling) -> str:
        """Order a kick; the id of the call."""
        return await self._with_worker(lambda worker: worker.spawn(order, sampling))

    async def call(self, call_id: str) -> "modal.FunctionCall[Any]":
        """The call with that id, whoever made it."""
        return modal.FunctionCall.from_id(call_id, client=await self._connection.client())

    async def stats(self) -> FunctionCurrentStats:
        """What waits and what runs."""
        return await self._with_worker(lambda worker: worker.method.get_current_stats.aio())

    async def describe(self) -> Vocabulary:
        """Ask for the model's words; it needs no GPU. `NotFoundError` where the app is an older one."""
        client = await self._connection.client()
        function: modal.Function[[], Any, Any] = modal.Function.from_name(
            deployed.APP, deployed.DESCRIBE, client=client
        )
        return answers.vocabulary(await function.remote.aio())

    async def keep(self, containers: int) -> None:
        """Have at least so many containers stay, whether or not they have work."""
        await self._with_worker(lambda worker: worker.method.autoscaler.update.aio(min_containers=containers))

    async def _with_worker(self, use: Callable[[Worker], Awaitable[T]]) -> T:
        known = self._worker
        worker = await self._current()
        try:
            return await use(worker)
        except modal.exception.NotFoundError:
            if worker is not known:
                raise
            # The app was deployed anew since it was looked up.
            self._worker = None
            return await use(await self._current())

    async def _current(self) -> Worker:
        if self._worker is None or time.monotonic() - self._worker.found > self._max_age:
            self._worker = await self._find()
        return self._worker

    async def _find(self) -> Worker:
        client = await self._connection.client()
        found = modal.Cls.from_name(deployed.APP, deployed.CLASS, client=client)
        await found.hydrate.aio()
        worker = found()
        try:
            return Worker(worker.generate, takes_seed=True, found=time.monotonic())
        except modal.exception.NotFoundError:
            return Worker(worker.generate_kick, takes_seed=False, found=time.monotonic())
