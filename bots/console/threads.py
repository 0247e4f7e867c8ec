"""Blocking work that nobody waits for when the program ends."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread
from typing import TypeVar

Result = TypeVar("Result")


async def detached(call: Callable[[], Result]) -> Result:
    """As `asyncio.to_thread`, but the thread of a cancelled call may go on until the program has ended.

    For what waits for a person: `asyncio.run` would wait too, for the threads of `to_thread`.
    """
    outcome: Future[Result] = Future()
    outcome.set_running_or_notify_cancel()

    def work() -> None:
        try:
            outcome.set_result(call())
        except Exception as error:
            outcome.set_exception(error)

    Thread(target=work, daemon=True).start()
    return await asyncio.wrap_future(outcome)
