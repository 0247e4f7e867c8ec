"""A worker is kept warm for a while, and no crash keeps it warm for ever."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from core import errors, warmth
from db.database import Database
from db.engines import Warmths


@dataclass
class FakeHeater:
    """Notes what it is told; `out_of_reach` makes it refuse, and `meanwhile` happens once while it cools."""

    told: list[str] = field(default_factory=list)
    out_of_reach: bool = False
    meanwhile: Callable[[], Awaitable[None]] | None = None

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


@dataclass
class Clock:
    """Stands where it is set."""

    moment: datetime = datetime(2026, 3, 2, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def heater() -> FakeHeater:
    return FakeHeater()


def keeping(database: Database, heater: FakeHeater, clock: Clock) -> warmth.Warmth:
    return warmth.Warmth("worker", Warmths(database), heater, clock, every=0.01)


async def run_a_while(keeping: warmth.Warmth) -> None:
    running = asyncio.create_task(keeping.run())
    await asyncio.sleep(0.15)
    running.cancel()


async def test_it_is_cooled_when_the_time_is_over_and_not_before(
    database: Database, heater: FakeHeater, clock: Clock
) -> None:
    one = keeping(database, heater, clock)
    assert await one.warm(timedelta(hours=2)) == clock.moment + timedelta(hours=2)
    await run_a_while(one)
    assert heater.told == ["warm"]
    clock.moment += timedelta(hours=2)
    await run_a_while(keeping(database, heater, clock))
    assert heater.told == ["warm", "cool"], "once, by whichever process is there"


async def test_a_refused_cooling_is_tried_again(database: Database, heater: FakeHeater, clock: Clock) -> None:
    one = keeping(database, heater, clock)
    await one.warm(timedelta(hours=1))
    clock.moment += timedelta(hours=1)
    heater.out_of_reach = True
    await run_a_while(one)
    heater.out_of_reach = False
    await run_a_while(one)
    assert heater.told == ["warm", "cool"]


async def test_the_row_stands_before_the_worker_is_warm(database: Database, heater: FakeHeater, clock: Clock) -> None:
    heater.out_of_reach = True
    with pytest.raises(errors.EngineRefused):
        await keeping(database, heater, clock).warm(timedelta(hours=1))
    assert await Warmths(database).until("worker") == clock.moment + timedelta(hours=1)


async def test_a_warmth_that_is_renewed_while_it_ends_goes_on_and_ends_later(
    database: Database, heater: FakeHeater, clock: Clock
) -> None:
    """Two processes: one cools at the end of the time, the other is told to keep it warm just then."""
    await keeping(database, heater, clock).warm(timedelta(hours=1))
    clock.moment += timedelta(hours=1)
    renewed = clock.moment + timedelta(hours=2)
    heater.meanwhile = lambda: Warmths(database).keep("worker", renewed)
    await run_a_while(keeping(database, heater, clock))
    assert await Warmths(database).until("worker") == renewed, "or nothing would ever let it sleep"
    clock.moment = renewed
    await run_a_while(keeping(database, heater, clock))
    assert await Warmths(database).until("worker") is None
    assert heater.told == ["warm", "cool", "cool"]


async def test_one_workers_warmth_is_not_anothers(database: Database, heater: FakeHeater, clock: Clock) -> None:
    kept = Warmths(database)
    until = clock.moment + timedelta(hours=1)
    await kept.keep("worker", until)
    await kept.keep("another", until)
    await keeping(database, heater, clock).cool()
    assert (await kept.until("worker"), await kept.until("another")) == (None, until)


async def test_off_ends_it_now(database: Database, heater: FakeHeater, clock: Clock) -> None:
    one = keeping(database, heater, clock)
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
