"""Many calls, one thread."""

import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import closing

import pytest

from gpu.batching import Batcher, Full


class Doubler:
    """Doubles numbers, remembering the batches. It waits at the gate, and negative numbers break it."""

    def __init__(self) -> None:
        self.batches: list[list[int]] = []
        self.gate = threading.Event()
        self.entered = threading.Event()

    def __call__(self, calls: Sequence[int]) -> list[int]:
        self.batches.append(list(calls))
        self.entered.set()
        assert self.gate.wait(5)
        if any(call < 0 for call in calls):
            raise ValueError("negative")
        return [2 * call for call in calls]


@pytest.fixture
def doubler() -> Iterator[Doubler]:
    doubler = Doubler()
    yield doubler
    doubler.gate.set()


def test_calls_that_come_while_a_batch_runs_make_the_next_batch(doubler: Doubler) -> None:
    with closing(Batcher(doubler, most=3)) as batcher:
        first = batcher.submit(1)
        assert doubler.entered.wait(5)
        others = [batcher.submit(call) for call in (2, 3, 4, 5)]
        doubler.gate.set()
        assert [future.result(5) for future in [first, *others]] == [2, 4, 6, 8, 10]
    assert doubler.batches == [[1], [2, 3, 4], [5]]


def test_calls_that_come_together_are_run_together(doubler: Doubler) -> None:
    doubler.gate.set()
    with closing(Batcher(doubler, most=8, patience=0.3)) as batcher:
        futures = [batcher.submit(call) for call in range(8)]
        assert [future.result(5) for future in futures] == [0, 2, 4, 6, 8, 10, 12, 14]
    assert doubler.batches == [list(range(8))]


def test_a_lone_call_does_not_wait_for_a_full_batch(doubler: Doubler) -> None:
    doubler.gate.set()
    with closing(Batcher(doubler, most=8, patience=0.005)) as batcher:
        assert batcher.submit(21).result(5) == 42


def test_only_calls_that_belong_together_share_a_batch(doubler: Doubler) -> None:
    with closing(Batcher(doubler, most=8, together=lambda call: call % 2)) as batcher:
        futures = [batcher.submit(0)]
        assert doubler.entered.wait(5)
        futures += [batcher.submit(call) for call in (2, 4, 1, 3, 6)]
        doubler.gate.set()
        assert [future.result(5) for future in futures] == [0, 4, 8, 2, 6, 12]
    assert doubler.batches == [[0], [2, 4], [1, 3], [6]]


def test_one_bad_call_does_not_fail_its_neighbours(doubler: Doubler) -> None:
    doubler.gate.set()
    with closing(Batcher(doubler, most=3, patience=0.3)) as batcher:
        good, bad, fine = (batcher.submit(call) for call in (1, -1, 3))
        assert (good.result(5), fine.result(5)) == (2, 6)
        with pytest.raises(ValueError, match="negative"):
            bad.result(5)
        assert batcher.submit(5).result(5) == 10
    assert doubler.batches == [[1, -1, 3], [1], [-1], [3], [5]]


def test_even_an_exit_in_the_thread_is_an_answer() -> None:
    def leave(calls: Sequence[int]) -> list[int]:
        raise SystemExit(calls[0])

    with closing(Batcher(leave, most=1)) as batcher:
        for call in (1, 2):
            with pytest.raises(SystemExit):
                batcher.submit(call).result(5)


def test_too_few_answers_are_an_error() -> None:
    def forget(_: Sequence[int]) -> list[int]:
        return []

    with closing(Batcher(forget, most=1)) as batcher, pytest.raises(ValueError, match="zip"):
        batcher.submit(1).result(5)


def test_what_waits_is_bounded_and_a_cancelled_call_makes_room(doubler: Doubler) -> None:
    with closing(Batcher(doubler, most=1, limit=2)) as batcher:
        batcher.submit(1)
        assert doubler.entered.wait(5)
        second, third = batcher.submit(2), batcher.submit(3)
        with pytest.raises(Full):
            batcher.submit(4)
        assert third.cancel()
        fifth = batcher.submit(5)
        doubler.gate.set()
        assert (second.result(5), fifth.result(5)) == (4, 10)
    assert doubler.batches == [[1], [2], [5]]


def test_closing_drops_what_waits_and_ends_what_runs(doubler: Doubler) -> None:
    batcher = Batcher(doubler, most=1)
    running = batcher.submit(1)
    assert doubler.entered.wait(5)
    waiting = batcher.submit(2)
    threading.Timer(0.1, doubler.gate.set).start()
    batcher.close()
    assert running.result(0) == 2
    with pytest.raises(CancelledError):
        waiting.result(0)
    with pytest.raises(RuntimeError, match="closed"):
        batcher.submit(3)


def test_calls_from_many_threads_all_get_their_own_answer() -> None:
    answers: dict[int, int] = {}

    def double(calls: Sequence[int]) -> list[int]:
        return [2 * call for call in calls]

    with closing(Batcher(double, most=7)) as batcher:

        def ask(start: int) -> None:
            for call in range(start, start + 200):
                answers[call] = batcher.submit(call).result(5)

        threads = [threading.Thread(target=ask, args=(start,)) for start in range(0, 1600, 200)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert answers == {call: 2 * call for call in range(1600)}
