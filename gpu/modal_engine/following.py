"""Following one call on Modal to its end."""

import asyncio
import time
from collections.abc import AsyncGenerator
from logging import getLogger

from core import errors
from core.engine import Progress
from gpu.modal_engine import failures
from gpu.modal_engine.arrival import Arrived, arrival
from gpu.modal_engine.deployment import Deployment
from gpu.modal_engine.patience import Patience
from gpu.modal_engine.watch import Watch

log = getLogger(__name__)


class Following:
    """Asks for the result again and again: the call is Modal's, so trouble on the line is waited out."""

    def __init__(self, deployment: Deployment, call_id: str, patience: Patience) -> None:
        """Follow the call with that id. Set `cancelled` when it is cancelled, so that its end is told as that."""
        self.cancelled = False
        self._deployment = deployment
        self._call_id = call_id
        self._patience = patience
        self._trouble = ""

    async def steps(self) -> AsyncGenerator[Progress | Arrived]:
        """Progress, and last of all the result.

        Raises `errors.EngineTimedOut` when it does not come in time, otherwise as `arrival` does; `errors.Cancelled`.
        """
        watch = Watch(self._deployment.stats, self._patience.figures)
        began = time.monotonic()
        try:
            while (passed := time.monotonic() - began) < self._patience.result:
                yield Progress(watch.glance(), passed)
                arrived = await self._look(min(self._patience.look, self._patience.result - passed))
                if arrived is not None:
                    yield arrived
                    return
        finally:
            watch.close()
        raise errors.EngineTimedOut(
            detail=f"call {self._call_id} had no result after {self._patience.result:g} s; {self._trouble}".strip("; ")
        )

    async def _look(self, seconds: float) -> Arrived | None:
        try:
            async with asyncio.timeout(seconds + self._patience.connect):
                return await arrival(await self._deployment.call(self._call_id), seconds)
        except failures.TRANSIENT as error:
            await self._wait_out(error, seconds)
            return None
        except errors.KickbotError as error:
            if self.cancelled:
                raise errors.Cancelled from error
            raise

    async def _wait_out(self, error: Exception, seconds: float) -> None:
        known, self._trouble = self._trouble, failures.refused(error).detail
        if not known:
            log.warning("call %s is asked for again: %s", self._call_id, self._trouble)
        await asyncio.sleep(seconds)
