"""What ends a program from outside: SIGTERM, Ctrl-C (SIGINT), and a terminal that is closed (SIGHUP)."""

import asyncio
import os
import signal
from collections.abc import Callable, Coroutine, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from logging import getLogger
from types import FrameType
from typing import Any

from bots import output

ENDINGS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)

PATIENCE = 5.0
"""Seconds for which further signals are ignored: a closed terminal or a service manager often sends several."""

log = getLogger(__name__)


async def obeyed(work: Coroutine[Any, Any, int]) -> int:
    """Do the work, which a signal cancels: its status, or 128 and the number of the signal that ended it.

    Another signal, when the work has not ended after a while, cancels what it does to end.
    """
    loop, doing = asyncio.get_running_loop(), asyncio.ensure_future(work)
    told: list[tuple[int, float]] = []

    def end(number: int) -> None:
        if not told or loop.time() - told[-1][1] > PATIENCE:
            told.append((number, loop.time()))
            doing.cancel()

    with heard(ENDINGS, end):
        try:
            status = await doing
        except (Exception, asyncio.CancelledError) as error:
            if not told:
                raise
            if not isinstance(error, asyncio.CancelledError):
                log.warning("what was open could not be left in order: %r", error)
    return 128 + told[0][0] if told else status


@contextmanager
def heard(numbers: Iterable[signal.Signals], call: Callable[[int], object]) -> Iterator[None]:
    """Call `call` with the number when one of these signals comes; after the block they mean what they meant before.

    One that is ignored stays ignored: `nohup` has set it so.
    """
    loop = asyncio.get_running_loop()
    terminals = [descriptor for descriptor in (1, 2) if os.isatty(descriptor)]

    def hear(number: int, _: FrameType | None) -> None:
        _let_go(terminals)
        call(number)
        loop.call_soon_threadsafe(lambda: None)  # wakes the loop

    before = {number: signal.getsignal(number) for number in numbers}
    chosen = [number for number, handler in before.items() if handler != signal.SIG_IGN]
    for number in chosen:
        signal.signal(number, hear)
    try:
        yield
    finally:
        for number in chosen:
            signal.signal(number, before[number])


@contextmanager
def heard_once(numbers: Iterable[signal.Signals], call: Callable[[int], object]) -> Iterator[None]:
    """As `heard`, but a while after the first of these signals they mean again what they meant before."""
    loop = asyncio.get_running_loop()
    with ExitStack() as hearing:

        def hear(number: int) -> None:
            call(number)
            loop.call_soon_threadsafe(loop.call_later, PATIENCE, hearing.close)

        hearing.enter_context(heard(numbers, hear))
        yield


def _let_go(terminals: list[int]) -> None:
    """Write to nowhere in place of a terminal that is closed: an error at each line would keep the end from being
    in order."""
    for descriptor in terminals:
        if not os.isatty(descriptor):
            output.to_nowhere(descriptor)
