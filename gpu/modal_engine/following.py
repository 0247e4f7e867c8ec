"""Following one call on Modal to its end."""

import asyncio
import time
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from logging import getLogger
from typing import Any

import modal

from core import errors
from core.engine import Progress
from gpu.modal_engine import failures
from gpu.modal_engine.deployment import Deployment
from gpu.modal_engine.watch import Watch

log = getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Timeouts:
    """In seconds: to connect and hand an order over, to the result, for one look at it, for figures, for words."""

    connect: float = 10
    result: float = 180
    look: float = 1
    figures: float = 2
    words: float = 3


@dataclass(frozen=True, slots=True)
class Arrived:
    """The result is there."""

    value: object


class Following:
    """Asks for the result again and again: the call is Modal's, so trouble on the line is waited out."""

    def __init__(self, deployment: Deployment, call_id: str, timeouts: Timeouts) -> None:
        """Follow the call with that id. Set `cancelled` when it is cancelled, so that its end is told as that."""
        self.cancelled = False
        self._deployment = deployment
        self._call_id = call_id
        self._timeouts = timeouts
        self._trouble = ""

    async def steps(self) -> AsyncGenerator[Progress | Arrived]:
        """Progress, and last of all the result.

        Raises `errors.EngineTimedOut` when it does not come in time, otherwise as `arrival` does; `errors.Cancelled`.
        """
        watch = Watch(self._deployment.stats, self._timeouts.figures)
        began = time.monotonic()
        try:
            while (passed := time.monotonic() - began) < self._timeouts.result:
                yield Progress(watch.glance(), passed)
                arrived = await self._look(min(self._timeouts.look, self._timeouts.result - passed))
                if arrived is not None:
                    yield arrived
                    return
        finally:
            watch.close()
        raise errors.EngineTimedOut(
            detail=f"call {self._call_id} had no result after {self._timeouts.result:g} s; {self._trouble}".strip("; ")
        )

    async def _look(self, seconds: float) -> Arrived | None:
        try:
            async with asyncio.timeout(seconds + self._timeouts.connect):
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


async def arrival(call: "modal.FunctionCall[Any]", seconds: float) -> Arrived | None:
    """The call's result if it comes within so many seconds, else None.

    Raises `errors.EngineFailed`, `errors.EngineTimedOut` or `errors.ResultGone` where there will be none, and as they
    are the exceptions in `failures.TRANSIENT`.
    """
    began = time.monotonic()
    try:
        return Arrived(await call.get.aio(timeout=seconds))
    except TimeoutError as error:
        # Modal's client waits as long as it was told; one that comes sooner was raised in the worker.
        if time.monotonic() - began < 0.9 * seconds:
            raise failures.failed(error) from error
        return None
    except failures.TRANSIENT:
        raise
    except (SystemExit, asyncio.CancelledError) as error:
        # The client raises here whatever was raised in the worker, even this; but it may be meant for us.
        task = asyncio.current_task()
        if task is not None and task.cancelling():
            raise
        raise failures.failed(error) from error
    except Exception as error:
        raise failures.failed(error) from error
