"""Calls from many threads, gathered into batches for one that makes them."""

import threading
import time
from collections import deque
from collections.abc import Callable, Hashable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Generic, TypeVar

Call = TypeVar("Call")
Answer = TypeVar("Answer")


class Full(Exception):
    """As many calls wait as may wait."""


@dataclass(frozen=True, slots=True)
class _Waiting(Generic[Call, Answer]):
    call: Call
    future: Future[Answer]


class Batcher(Generic[Call, Answer]):
    """One thread runs what waits, in the order it came, as many calls at once as belong together.

    Calls belong together where `together` gives the same for them. The first of a batch waits at most `patience`
    seconds for others; while a batch runs, the next one gathers. A batch that fails is run again call by call, so that
    only the call that is to blame fails.
    """

    def __init__(
        self,
        run: Callable[[Sequence[Call]], Sequence[Answer]],
        *,
        most: int,
        patience: float = 0.005,
        limit: int | None = None,
        together: Callable[[Call], Hashable] = lambda _: None,
    ) -> None:
        """Run at most `most` calls at once; let at most `limit` wait."""
        self._run = run
        self._most = most
        self._patience = patience
        self._limit = limit
        self._together = together
        self._waiting: deque[_Waiting[Call, Answer]] = deque()
        self._changed = threading.Condition()
        self._closed = False
        self._thread = threading.Thread(target=self._work, name="batcher", daemon=True)
        self._thread.start()

    def submit(self, call: Call) -> Future[Answer]:
        """The answer to come; cancelling it drops the call if it is not run yet. Raises `Full`."""
        future: Future[Answer] = Future()
        with self._changed:
            if self._closed:
                raise RuntimeError("the batcher is closed")
            if self._limit is not None and self._count() >= self._limit:
                raise Full
            self._waiting.append(_Waiting(call, future))
            self._changed.notify()
        return future

    def waiting(self) -> int:
        """How many calls are not begun."""
        with self._changed:
            return self._count()

    def close(self) -> None:
        """Drop what waits, and return when what runs has ended."""
        with self._changed:
            self._closed = True
            for waiting in self._waiting:
                waiting.future.cancel()
            self._changed.notify()
        self._thread.join()

    def _count(self) -> int:
        return sum(not waiting.future.cancelled() for waiting in self._waiting)

    def _work(self) -> None:
        while batch := self._gather():
            wanted = [waiting for waiting in batch if waiting.future.set_running_or_notify_cancel()]
            if wanted:
                self._answer(wanted)

    def _gather(self) -> list[_Waiting[Call, Answer]]:
        """The next calls that belong together; none when there will be no more."""
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._closed)
            until = time.monotonic() + self._patience
            while len(self._waiting) < self._most and not self._closed:
                if not self._changed.wait(until - time.monotonic()):
                    break
            batch: list[_Waiting[Call, Answer]] = []
            while self._waiting and len(batch) < self._most and self._belongs(batch):
                batch.append(self._waiting.popleft())
            return batch

    def _belongs(self, batch: list[_Waiting[Call, Answer]]) -> bool:
        return not batch or self._together(batch[0].call) == self._together(self._waiting[0].call)

    def _answer(self, batch: list[_Waiting[Call, Answer]]) -> None:
        try:
            answers = self._run([waiting.call for waiting in batch])
            pairs = list(zip(batch, answers, strict=True))
        except BaseException as error:  # a thread that ends would leave everyone waiting
            if len(batch) == 1:
                batch[0].future.set_exception(error)
                return
            for waiting in batch:
                self._answer([waiting])
        else:
            for waiting, answer in pairs:
                waiting.future.set_result(answer)
