"""A worker is kept warm for a while, and no crash keeps it warm for ever."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest

from core import errors
from core.making import warmth
from db.postgres.database import Database
from db.workers import Warmths
from tests.aging import age


@dataclass
class FakeHeater:
    """Notes what it is told; `out_of_reach` makes it refuse, and `meanwhile` happens once while it cools."""

    told: list[str] = field(default_factory=list)
    out_of_reach: bool = False
    meanwhile: Callable[[], Awaitable[object]] | None = None

    async def warm(self) -> None:
        await self._do("warm")

    async def cool(self) -> None:
        await self._do("cool")
        meanwhile, self.meanwhile = self.meanwhile, None
        if meanwhile is not None:
            await meanwhile()

    async def _do(self, what: str) -> None:
        if self.out_of_reach:
            raise errors.EngineRefused
        self.told.append(what)


@pytest.fixture
def heater() -> FakeHeater:
    return FakeHeater()


def keeping(database: Database, heater: FakeHeater) -> warmth.Warmth:
    return warmth.Warmth("worker", Warmths(database), heater, every=0.01)


async def left(database: Database, until: datetime | None) -> timedelta:
    """How long it is until then."""
    return await database.fetchval("SELECT $1::timestamptz - now()", until) or timedelta()


def nearly(span: timedelta) -> Any:
    """So long, but for what a test takes."""
    return pytest.approx(span, abs=timedelta(minutes=1))


async def run_a_while(keeping: warmth.Warmth) -> None:
    running = asyncio.create_task(keeping.run())
    await asyncio.sleep(0.15)
    running.cancel()


async def test_it_is_cooled_when_the_time_is_over_and_not_before(database: Database, heater: FakeHeater) -> None:
    one = keeping(database, heater)
    assert await left(database, await one.warm(timedelta(hours=2))) == nearly(timedelta(hours=2))
    await run_a_while(one)
    assert heater.told == ["warm"]
    await age(database, timedelta(hours=2))
    await run_a_while(keeping(database, heater))
    assert heater.told == ["warm", "cool"], "once, by whichever process is there"


async def test_a_refused_cooling_is_tried_again(database: Database, heater: FakeHeater) -> None:
    one = keeping(database, heater)
    await one.warm(timedelta(hours=1))
    await age(database, timedelta(hours=1))
    heater.out_of_reach = True
    await run_a_while(one)
    heater.out_of_reach = False
    await run_a_while(one)
    assert heater.told == ["warm", "cool"]


async def test_the_row_stands_before_the_worker_is_warm(database: Database, heater: FakeHeater) -> None:
    heater.out_of_reach = True
    with pytest.raises(errors.EngineRefused):
        await keeping(database, heater).warm(timedelta(hours=1))
    assert await left(database, await Warmths(database).until("worker")) == nearly(timedelta(hours=1))


async def test_a_warmth_that_is_renewed_while_it_ends_goes_on_and_ends_later(
    database: Database, heater: FakeHeater
) -> None:
    """Two processes: one cools at the end of the time, the other is told to keep it warm just then."""
    await keeping(database, heater).warm(timedelta(hours=1))
    await age(database, timedelta(hours=1))
    heater.meanwhile = lambda: Warmths(database).keep("worker", timedelta(hours=2))
    await run_a_while(keeping(database, heater))
    until = await Warmths(database).until("worker")
    assert await left(database, until) == nearly(timedelta(hours=2)), "or nothing would ever let it sleep"
    await age(database, timedelta(hours=2))
    await run_a_while(keeping(database, heater))
    assert await Warmths(database).until("worker") is None
    assert heater.told == ["warm", "cool", "cool"]


async def test_one_workers_warmth_is_not_anothers(database: Database, heater: FakeHeater) -> None:
    kept = Warmths(database)
    await kept.keep("worker", timedelta(hours=1))
    until = await kept.keep("another", timedelta(hours=1))
    await keeping(database, heater).cool()
    assert (await kept.until("worker"), await kept.until("another")) == (None, until)


async def test_off_ends_it_now(database: Database, heater: FakeHeater) -> None:
    one = keeping(database, heater)
    await one.cool()
    await one.warm(timedelta(hours=1))
    await one.cool()
    assert heater.told == ["cool", "warm", "cool"]
    assert await Warmths(database).until("worker") is None


@pytest.mark.parametrize(("text", "minutes"), [("2h", 120), ("90m", 90), ("1m", 1), ("24h", 1440), ("1440m", 1440)])
def test_reads_spans(text: str, minutes: int) -> None:
    assert warmth.span(text) == timedelta(minutes=minutes)


@pytest.mark.parametrize("text", ["", "2", "h", "25h", "1441m", "0m", "0h", "-1h", "1d", "٣h", "99999999h"])
def test_refuses_other_spans(text: str) -> None:
    with pytest.raises(errors.BadSpan):
        warmth.span(text)
