"""How a call of a deployed function ends: what the loopback Modal sends back for it."""

import asyncio
import contextlib
import pickle
from dataclasses import dataclass
from typing import Any

from modal._serialization import serialize
from modal_proto import api_pb2

Status = api_pb2.GenericResult


@dataclass(frozen=True, slots=True)
class Outcome:
    """The end of a call: `after` seconds of work, its status and, in `data`, the pickled result or exception."""

    status: "api_pb2.GenericResult.GenericStatus.ValueType"
    data: bytes = b""
    message: str = ""
    after: float = 0.0
    expired: bool = False


def returns(value: object, after: float = 0.0) -> Outcome:
    """The function returns `value`."""
    return Outcome(Status.GENERIC_STATUS_SUCCESS, serialize(value), after=after)


def raises(error: BaseException) -> Outcome:
    """The function raises `error`."""
    return Outcome(Status.GENERIC_STATUS_FAILURE, serialize(error), repr(error))


def raises_unknown_type() -> Outcome:
    """The function raises an exception of a class that only the worker's image has."""
    unknown = pickle.GLOBAL + b"only_in_the_image\nNoSuchError\n" + pickle.EMPTY_TUPLE + pickle.REDUCE + pickle.STOP
    return Outcome(Status.GENERIC_STATUS_FAILURE, unknown, "NoSuchError()")


def times_out() -> Outcome:
    """The function runs into the timeout that it was deployed with."""
    return Outcome(Status.GENERIC_STATUS_TIMEOUT, message="Task's current input hit its timeout of 600s")


def crashes() -> Outcome:
    """The container dies while it works."""
    return Outcome(Status.GENERIC_STATUS_TERMINATED, message="Container killed: out of memory")


def fails_inside() -> Outcome:
    """Modal itself fails."""
    return Outcome(Status.GENERIC_STATUS_INTERNAL_FAILURE, message="internal failure")


def expires() -> Outcome:
    """The result is not kept any more."""
    return Outcome(Status.GENERIC_STATUS_SUCCESS, expired=True)


def never() -> Outcome:
    """The function is still working when the test ends."""
    return Outcome(Status.GENERIC_STATUS_SUCCESS, after=float("inf"))


class Call:
    """A call that was made; its moments are those of the event loop's clock."""

    def __init__(self, function: str, arguments: dict[str, Any], outcome: Outcome, starts: float) -> None:
        """`function` was called with `arguments`; a container takes it at `starts`."""
        self.function = function
        self.arguments = arguments
        self.outcome = outcome
        self.starts = starts
        self.cancelled = asyncio.Event()

    @property
    def ends(self) -> float:
        """When the result is there."""
        return self.starts + self.outcome.after

    async def ended(self, seconds: float) -> bool:
        """Whether the result is there, at the latest after so many seconds."""
        left = self.ends - asyncio.get_running_loop().time()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self.cancelled.wait(), max(0.0, min(left, seconds)))
        return self.cancelled.is_set() or left <= seconds

    def cancel(self) -> None:
        """End the call now, as Modal does for one that is cancelled."""
        self.outcome = Outcome(Status.GENERIC_STATUS_TERMINATED, message="Input was cancelled by user")
        self.starts = 0.0
        self.cancelled.set()
