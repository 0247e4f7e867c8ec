"""Sweeping removes what is over, and nothing stops it for good."""

import asyncio
from collections.abc import Callable
from contextlib import aclosing
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import uuid4

import pytest

from core import errors, files
from core.library.sweeping import STUCK, Sweeper
from core.making import prompts
from db.messages import Messages
from db.postgres.database import Database
from db.sweepings import Sweepings
from tests.core.conftest import Workshop, take
from tests.core.people import actor
from tests.db.filling import expired
from tests.fakes.files import MemoryFiles


@pytest.fixture
def sweeper(workshop: Workshop) -> Sweeper:
    return Sweeper(Sweepings(workshop.database), workshop.files, every=0.01)


async def throw(workshop: Workshop, *paths: str) -> None:
    for path in paths:
        await workshop.database.execute("INSERT INTO kickbot.trash VALUES ($1, now())", path)


async def left(workshop: Workshop) -> set[str]:
    return {row["path"] for row in await workshop.database.fetch("SELECT path FROM kickbot.trash")}


def path(number: int) -> str:
    return f"1/00000000-0000-4000-8000-{number:012}.wav"


async def test_an_expired_take_goes_with_its_files(workshop: Workshop, sweeper: Sweeper) -> None:
    made = await workshop.kick("ada")
    await sweeper.sweep()
    assert workshop.files.objects.keys() == {made.path, files.picture_path(made.path)}
    await workshop.pass_time(days=91)
    await sweeper.sweep()
    assert workshop.files.objects == {}
    assert await left(workshop) == set()
    assert await workshop.database.fetchval("SELECT count(*) FROM kickbot.take") == 0


async def test_what_is_in_use_is_no_trash(workshop: Workshop, sweeper: Sweeper) -> None:
    made = await workshop.kick("ada")
    await throw(workshop, made.path)
    await sweeper.sweep()
    assert made.path in workshop.files.objects
    assert await left(workshop) == set()


async def test_a_path_that_is_none_of_ours_stops_nothing(workshop: Workshop, sweeper: Sweeper) -> None:
    workshop.files.objects[path(1)] = b"sound"
    await throw(workshop, "../../etc/passwd", "", path(1))
    await sweeper.sweep()
    assert workshop.files.objects == {}
    assert await left(workshop) == set()


async def test_one_file_that_cannot_be_removed_keeps_no_other(workshop: Workshop, sweeper: Sweeper) -> None:
    workshop.files.objects |= {path(1): b"sound", path(2): b"sound"}
    workshop.files.stuck.add(path(1))
    await throw(workshop, path(1), path(2))
    await sweeper.sweep()
    assert workshop.files.objects.keys() == {path(1)}
    assert await left(workshop) == {path(1)}
    workshop.files.stuck.clear()
    await workshop.pass_time(days=1)
    await sweeper.sweep()
    assert workshop.files.objects == {}


async def test_many_files_that_cannot_be_removed_keep_no_other_for_long(workshop: Workshop, sweeper: Sweeper) -> None:
    workshop.files.objects |= {path(number): b"sound" for number in range(1, 11)}
    workshop.files.stuck.update(path(number) for number in range(1, 5))
    await throw(workshop, *workshop.files.objects)
    for _ in range(2):
        await sweeper.sweep()
    assert await left(workshop) == workshop.files.objects.keys() == workshop.files.stuck
    workshop.files.stuck.clear()
    await workshop.pass_time(days=1)
    await sweeper.sweep()
    assert workshop.files.objects == {}


@dataclass
class Away(MemoryFiles):
    """Is not to be reached, and counts how often that is tried."""

    asked: int = 0

    async def remove(self, paths: list[str]) -> None:
        self.asked += 1
        raise errors.StorageFailed


async def test_storage_that_is_away_costs_no_time_for_each_file(workshop: Workshop) -> None:
    gone = Away()
    await throw(workshop, *(path(number) for number in range(1, 51)))
    await Sweeper(Sweepings(workshop.database), gone).sweep()
    assert gone.asked == 1 + STUCK, "all together, then some"
    assert len(await left(workshop)) == 50


async def test_storage_that_is_away_is_tried_again(workshop: Workshop, sweeper: Sweeper) -> None:
    workshop.files.objects[path(1)] = b"sound"
    await throw(workshop, path(1))
    workshop.files.broken = True
    with pytest.raises(errors.StorageFailed):
        await sweeper.empty_trash()
    running = asyncio.create_task(sweeper.run())
    await asyncio.sleep(0.1)
    workshop.files.broken = False
    await asyncio.sleep(0.5)
    running.cancel()
    assert workshop.files.objects == {}


async def test_what_is_over_is_forgotten_in_its_time(workshop: Workshop, sweeper: Sweeper) -> None:
    made = await workshop.kick("ada")
    await workshop.pass_time(days=2)
    await sweeper.sweep()
    assert await workshop.count("job") == 1, "its event may be told again"
    await workshop.pass_time(days=2)
    await sweeper.sweep()
    assert await workshop.count("job") == 0
    assert len(await workshop.used()) == 2
    assert [one.id for one in await workshop.takes.recent(made.account, 9)] == [made.id]
    assert await workshop.count("message") == 1, "it lives as long as what it shows"
    await workshop.pass_time(days=28)
    await sweeper.sweep()
    assert await workshop.used() == {}
    await workshop.pass_time(days=60)
    await sweeper.sweep()
    assert await workshop.count("message") == 0


async def test_what_was_refused_or_cancelled_leaves_nothing(limited: Callable[..., Workshop]) -> None:
    workshop = limited(daily=1)
    await workshop.kick("ada")
    [refused] = await workshop.order(actor("ada"))
    with pytest.raises(errors.QuotaReached):
        await take(workshop.studio, refused)
    [cancelled] = await workshop.order(actor("bob"))
    await workshop.studio.cancel(cancelled, actor("bob"))
    await workshop.pass_time(days=4)
    await Sweeper(Sweepings(workshop.database), workshop.files).sweep()
    assert await workshop.count("job") == 0


async def test_the_card_of_a_take_of_a_year_works_until_its_end(limited: Callable[..., Workshop]) -> None:
    workshop = limited(take_days=365)
    made = await workshop.kick("ada")
    [message] = await workshop.database.fetch("SELECT message FROM kickbot.message")
    await workshop.pass_time(days=364)
    await Sweeper(Sweepings(workshop.database), workshop.files).sweep()
    place = actor("ada").place
    shown = await Messages(workshop.database).shown(place, message["message"])
    assert shown is not None
    assert shown.ref == made.ref


async def test_a_job_that_nobody_goes_on_with_ends_and_counts_for_nobody(workshop: Workshop, sweeper: Sweeper) -> None:
    place = replace(actor("ada").place, application="gone")
    filed = []
    for event in ("begun", "waiting"):
        filed += await workshop.studio.order(actor("ada", place), prompts.parse("hit"), event_id=event, token="secret")
    async with aclosing(workshop.studio.make(filed[0])) as steps:
        await anext(steps)
    assert set((await workshop.used()).values()) == {1}
    await workshop.pass_time(hours=23)
    await sweeper.sweep()
    assert [await workshop.state(job) for job in filed] == ["running", "queued"]
    await workshop.pass_time(hours=2)
    await sweeper.sweep()
    assert [await workshop.state(job) for job in filed] == ["failed", "failed"]
    assert await workshop.database.fetchval("SELECT count(token) FROM kickbot.job") == 0
    assert set((await workshop.used()).values()) == {0}


async def test_a_kick_that_is_made_and_never_shown_stays_its_makers(workshop: Workshop, sweeper: Sweeper) -> None:
    [job] = await workshop.order(actor("ada"))
    made = await take(workshop.studio, job)
    await workshop.pass_time(days=2)
    await sweeper.sweep()
    assert await workshop.state(job) == "done"
    assert [one.id for one in await workshop.takes.recent(made.account, 9)] == [made.id]
    assert set((await workshop.used()).values()) == {1}


async def test_thousands_go_in_batches(workshop: Workshop) -> None:
    await expired(workshop.database, await workshop.people.enrol(actor("ada").person), 3000)
    alive = await workshop.kick("ada")
    await Sweeper(Sweepings(workshop.database), workshop.files, rows=100, files_at_once=70).sweep()
    assert [await workshop.count(table) for table in ("take", "message", "trash")] == [1, 1, 0]
    assert workshop.files.objects.keys() == {alive.path, files.picture_path(alive.path)}


async def test_a_batch_is_no_larger_than_asked_for_and_tells_of_more(workshop: Workshop) -> None:
    await expired(workshop.database, await workshop.people.enrol(actor("ada").person), 5)
    sweepings, more = Sweepings(workshop.database), []
    for left_over in (3, 1, 0):
        more.append(await sweepings.expire_takes(2))
        assert await workshop.count("take") == left_over
    assert more == [True, True, False]


async def test_it_sweeps_through_a_pooler(workshop: Workshop, pooled_database: Database) -> None:
    await expired(workshop.database, await workshop.people.enrol(actor("ada").person), 30)
    await Sweeper(Sweepings(pooled_database), workshop.files, rows=7, files_at_once=7).sweep()
    assert [await workshop.count(table) for table in ("take", "message", "trash")] == [0, 0, 0]


async def test_nobody_is_waited_for(workshop: Workshop, sweeper: Sweeper) -> None:
    await expired(workshop.database, await workshop.people.enrol(actor("ada").person), 3)
    async with workshop.database.transaction() as somebody:
        held = await somebody.fetchval("SELECT min(id) FROM kickbot.take")
        await somebody.execute("SELECT FROM kickbot.take WHERE id = $1 FOR UPDATE", held)
        await sweeper.sweep()
        assert [row["id"] for row in await workshop.database.fetch("SELECT id FROM kickbot.take")] == [held]
    await sweeper.sweep()
    assert await workshop.count("take") == 0


@pytest.mark.parametrize("days", [100, -100])
async def test_a_process_whose_clock_is_wrong_shortens_and_lengthens_no_life(
    workshop: Workshop, sweeper: Sweeper, days: int
) -> None:
    right = await workshop.kick("ada")
    workshop.moment += timedelta(days=days)
    wrong = await workshop.kick("bob")
    await sweeper.sweep()
    assert [len(await workshop.takes.recent(made.account, 9)) for made in (right, wrong)] == [1, 1]
    assert abs(wrong.expires - right.expires) < timedelta(minutes=10)
    await workshop.pass_time(days=91)
    await sweeper.sweep()
    assert await workshop.count("take") == 0


async def test_a_step_that_fails_keeps_no_other_from_its_work(workshop: Workshop, sweeper: Sweeper) -> None:
    workshop.files.objects[path(1)] = b"sound"
    await throw(workshop, path(1))
    await workshop.database.execute("ALTER TABLE kickbot.take RENAME COLUMN expires_at TO moved")
    await sweeper.sweep()
    assert workshop.files.objects == {}


async def test_one_process_sweeps_at_a_time(workshop: Workshop, sweeper: Sweeper) -> None:
    workshop.files.objects[path(1)] = b"sound"
    await throw(workshop, path(1))
    assert await sweeper.sweepings.lead(uuid4(), 60)
    await sweeper.sweep()
    assert await left(workshop) == {path(1)}
    await workshop.pass_time(seconds=61)
    await sweeper.sweep()
    assert await left(workshop) == set()


async def test_of_two_that_begin_at_once_one_sweeps(workshop: Workshop) -> None:
    paths = [path(number) for number in range(1, 21)]
    await throw(workshop, *paths)
    stores = [MemoryFiles(dict.fromkeys(paths, b"sound")) for _ in range(2)]
    await asyncio.gather(*(Sweeper(Sweepings(workshop.database), store).sweep() for store in stores))
    assert sorted(len(store.objects) for store in stores) == [0, 20]


async def test_what_was_swept_just_now_is_not_swept_by_the_next_process(workshop: Workshop, sweeper: Sweeper) -> None:
    await sweeper.sweep()
    await throw(workshop, path(1))
    another = Sweeper(Sweepings(workshop.database), workshop.files, every=60)
    await another.sweep(rest=60)
    assert await left(workshop) == {path(1)}
    await workshop.pass_time(seconds=61)
    await another.sweep(rest=60)
    assert await left(workshop) == set()


@dataclass
class Usurped(MemoryFiles):
    """While a file is removed another process begins to sweep, as the lease has ended."""

    sweepings: Sweepings | None = None

    async def remove(self, paths: list[str]) -> None:
        await super().remove(paths)
        assert self.sweepings
        assert await self.sweepings.lead(uuid4(), 60)


async def test_whoever_loses_the_lease_stops(workshop: Workshop) -> None:
    sweepings = Sweepings(workshop.database)
    await throw(workshop, *(path(number) for number in range(1, 4)))
    await Sweeper(sweepings, Usurped(sweepings=sweepings), files_at_once=1, lease=0).sweep()
    assert len(await left(workshop)) == 2
