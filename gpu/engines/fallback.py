"""An engine that steps in where another takes no orders."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from logging import getLogger

from core import errors
from core.engine import Engine, Order, Progress, Rendered
from core.making import prompts

log = getLogger(__name__)


class FallbackEngine:
    """Orders go to `primary`; one that it refuses outright is made by `local`, and its `Rendered` says so.

    A call id is always the primary's, so after a restart a call is asked for where it was made. `local` has none.
    """

    def __init__(self, primary: Engine, local: Engine) -> None:
        """Both are closed by whoever opened them."""
        self._primary = primary
        self._local = local

    @property
    def name(self) -> str:
        """The primary's: call ids are noted under it."""
        return self._primary.name

    async def vocabulary(self) -> frozenset[str] | None:
        """The primary's words."""
        return await self._primary.vocabulary()

    async def submit(self, order: Order) -> str | None:
        """Hand the order to the primary, or to the local engine: then there is no id."""
        try:
            return await self._primary.submit(order)
        except errors.EngineRefused as refusal:
            await self._step_in(order, refusal)
            return None

    async def updates(self, order: Order, call_id: str | None) -> AsyncGenerator[Progress | Rendered]:
        """Tell how it goes at the engine that has the order; the local one takes it over where the primary refuses."""
        if call_id is not None:
            try:
                async with aclosing(self._primary.updates(order, call_id)) as steps:
                    async for step in steps:
                        yield step
            except errors.EngineRefused as refusal:
                await self._step_in(order, refusal)
            else:
                return
        async with aclosing(self._local.updates(order, None)) as steps:
            async for step in steps:
                yield step

    async def cancel(self, call_id: str | None) -> None:
        """Stop the order at the engine that has it."""
        await (self._local if call_id is None else self._primary).cancel(call_id)

    async def _step_in(self, order: Order, refusal: errors.EngineRefused) -> None:
        # The primary's words may not have been known: what the local engine knows nothing of is no random kick.
        if (words := await self._local.vocabulary()) is not None:
            prompts.match(prompts.Request(order.prompt), words)
        log.warning("%s makes a kick that %s refused: %s", self._local.name, self._primary.name, refusal.detail)
        await self._local.submit(order)
