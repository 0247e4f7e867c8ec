"""One look at a call: has it a result?"""

import asyncio
import time
from dataclasses import dataclass
from typing import Any

import modal

from gpu.modal_engine import failures


@dataclass(frozen=True, slots=True)
class Arrived:
    """The result is there."""

    value: object


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
