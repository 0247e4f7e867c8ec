"""Requests to storage that are asked again, and those that are not."""

import asyncio
from dataclasses import dataclass

import httpx
import pytest
from storage3.exceptions import StorageApiError

from core import errors
from db.storage import bucket_calls
from db.storage.bucket_calls import Patience

QUICK = Patience(pauses=(0.001,) * 3, seconds=20)


@dataclass
class Storage:
    """Fails so many times with that error, and answers then."""

    error: Exception
    failures: int = 99
    asked: int = 0

    async def __call__(self) -> str:
        self.asked += 1
        if self.asked <= self.failures:
            raise self.error
        return "done"


def refused(status: int | str, code: str = "x") -> StorageApiError:
    return StorageApiError("no\nway", code, status)


PASSING = [refused(status) for status in (408, 423, 429, 500, 502, 599, "503")]
LASTING = [refused(status) for status in (400, 401, 403, 404, 409, 413, 422, 424, 430, 499, "", "what")]
LINE = [httpx.ConnectError(""), httpx.ReadTimeout(""), httpx.RemoteProtocolError("")]
OURS = [httpx.LocalProtocolError(""), httpx.UnsupportedProtocol("")]


@pytest.mark.parametrize("error", [*PASSING, *LINE], ids=repr)
async def test_what_may_pass_is_asked_again_after_each_pause(error: Exception) -> None:
    storage = Storage(error, failures=3)
    assert await bucket_calls.insist(storage, QUICK) == "done"
    assert storage.asked == 4
    storage = Storage(error)
    with pytest.raises(type(error)):
        await bucket_calls.insist(storage, QUICK)
    assert storage.asked == 4


@pytest.mark.parametrize("error", [*LASTING, *OURS], ids=repr)
async def test_what_lasts_is_asked_once(error: Exception) -> None:
    storage = Storage(error)
    with pytest.raises(type(error)):
        await bucket_calls.insist(storage, QUICK)
    assert storage.asked == 1


async def test_when_time_is_up_the_last_failure_is_told() -> None:
    with pytest.raises(StorageApiError):
        await bucket_calls.insist(Storage(refused(503)), Patience(pauses=(0.001, 60), seconds=0.05))
    with pytest.raises(TimeoutError):
        await bucket_calls.insist(lambda: asyncio.sleep(60), Patience(seconds=0.01))


@pytest.mark.parametrize("error", [*PASSING, *LINE, TimeoutError(), ValueError("x")], ids=repr)
def test_every_failure_is_told_in_one_line(error: Exception) -> None:
    with pytest.raises(errors.StorageFailed) as told, bucket_calls.translated("storing 1/a.wav"):
        raise error
    assert told.value.detail.startswith("storing 1/a.wav: ")
    assert "\n" not in told.value.detail


def test_a_long_story_is_cut_short() -> None:
    assert bucket_calls.told(refused(503, "slow")) == "503 slow no way"
    assert len(bucket_calls.told(ValueError("x" * 999))) == len("ValueError ") + 200


@pytest.mark.parametrize(
    ("error", "missing"), [(refused(404, "gone"), True), (refused(404, "other"), False), (refused(400, "gone"), False)]
)
def test_only_storage_itself_says_that_something_is_missing(error: StorageApiError, missing: bool) -> None:
    assert bucket_calls.is_missing(error, "gone") is missing
