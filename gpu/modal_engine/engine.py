"""The engine that has its kicks made on Modal."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from logging import getLogger

from core import errors
from core.engine import Order, Progress, Rendered
from core.making.vocabulary import Vocabulary, VocabularyCache
from gpu import deployed
from gpu.engines.sampling import Sampling
from gpu.modal_engine import answers, failures
from gpu.modal_engine.connection import Connection
from gpu.modal_engine.deployment import Deployment
from gpu.modal_engine.following import Arrived, Following, Timeouts
from gpu.modal_engine.lexicon import Lexicon

log = getLogger(__name__)


class ModalEngine:
    """Orders are calls of the deployed worker, spawned and asked for by their id: any process can go on with one."""

    name = "modal"

    def __init__(
        self,
        connection: Connection,
        cache: VocabularyCache,
        *,
        sampling: Sampling | None = None,
        timeouts: Timeouts | None = None,
    ) -> None:
        """Nothing is sent yet. The connection is closed with the engine."""
        self._connection = connection
        self._deployment = Deployment(connection)
        self._sampling = sampling or Sampling()
        self._timeouts = timeouts or Timeouts()
        self._lexicon = Lexicon(deployed.APP, self._describe, cache, timeout=self._timeouts.words)
        self._followed: dict[str, Following] = {}

    async def aclose(self) -> None:
        """Leave Modal; calls that are under way go on there."""
        self._lexicon.close()
        await self._connection.close()

    async def vocabulary(self) -> frozenset[str] | None:
        """The words of the deployed model; None while they are not known, and for an older worker."""
        return await self._lexicon.words()

    async def submit(self, order: Order) -> str:
        """Hand the order over; the id of its call. Raises `errors.EngineRefused`.

        Where Modal takes the order but its answer comes too late, a kick is made that nobody asks for.
        """
        try:
            async with asyncio.timeout(self._timeouts.connect):
                return await self._deployment.spawn(order, self._sampling)
        except Exception as error:
            raise failures.refused(error) from error

    async def updates(self, order: Order, call_id: str | None) -> AsyncGenerator[Progress | Rendered]:
        """Tell how it goes with the call, whoever made it, until its result is there or out of reach.

        Raises `errors.EngineTimedOut` (the call is cancelled then), `errors.ResultGone`, `errors.EngineFailed`,
        `errors.EngineRefused`, and `errors.Cancelled` where `cancel` was called meanwhile.
        """
        if call_id is None:
            raise errors.ResultGone(detail="an order on Modal has the id of its call")
        following = self._followed[call_id] = Following(self._deployment, call_id, self._timeouts)
        try:
            async with aclosing(following.steps()) as steps:
                async for step in steps:
                    yield self._rendered(step) if isinstance(step, Arrived) else step
        except errors.EngineTimedOut:
            await self.cancel(call_id)
            raise
        finally:
            self._followed.pop(call_id, None)

    async def cancel(self, call_id: str | None) -> None:
        """Cancel the call. Where Modal does not answer it runs to its end, and nobody waits for it."""
        if call_id is None:
            return
        if following := self._followed.get(call_id):
            following.cancelled = True
        try:
            async with asyncio.timeout(self._timeouts.connect):
                call = await self._deployment.call(call_id)
                await call.cancel.aio()
        except Exception as error:
            log.warning("call %s was not cancelled: %s", call_id, failures.refused(error).detail)

    async def keep_containers(self, containers: int) -> None:
        """Have at least so many containers stay on Modal. Raises `errors.EngineRefused`."""
        try:
            async with asyncio.timeout(self._timeouts.connect):
                await self._deployment.keep(containers)
        except Exception as error:
            raise failures.refused(error) from error

    def _rendered(self, arrived: Arrived) -> Rendered:
        rendered = answers.rendered(arrived.value, self.name, self._sampling)
        if rendered.revision != answers.UNKNOWN:
            self._lexicon.note(rendered.revision)
        return rendered

    async def _describe(self) -> Vocabulary:
        try:
            # A container for it may have to be started; nobody has to wait so long.
            async with asyncio.timeout(self._timeouts.result):
                return await self._deployment.describe()
        except errors.KickbotError:
            raise
        except Exception as error:
            raise failures.refused(error) from error
