"""Sweeping removes what is over, and nothing stops it for good."""

import asyncio
from datetime import timedelta

import pytest

from core import errors, files
from core.sweeping import Sweeper
from db.sweepings import Sweepings
from tests.core.conftest import Workshop
from tests.core.people import actor


@pytest.fixture
def sweeper(workshop: Workshop) -> Sweeper:
    return Sweeper(Sweepings(workshop.database), workshop.files, clock=lambda: workshop.moment, every=0.01)


async def throw(workshop: Workshop, *paths: str) -> None:
    for path in paths:
        await workshop.database.execute("INSERT INTO kickbot.trash VALUES ($1, $2)", path, workshop.moment)


async def left(workshop: Workshop) -> set[str]:
    return {row["path"] for row in await workshop.database.fetch("SELECT path FROM kickbot.trash")}


def path(number: int) -> str:
    return f"1/00000000-0000-4000-8000-{number:012}.wav"


async def test_an_expired_take_goes_with_its_files(workshop: Workshop, sweeper: Sweeper) -> None:
    made = await workshop.kick("ada")
    await sweeper.sweep()
    assert workshop.files.objects.keys() == {made.path, files.picture_path(made.path)}
    workshop.moment += timedelta(days=91)
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
    workshop.moment += timedelta(days=1)
    await sweeper.sweep()
    assert workshop.files.objects == {}


async def test_storage_that_is_away_is_tried_again(workshop: Workshop, sweeper: Sweeper) -> None:
    workshop.files.objects[path(1)] = b"sound"
    await throw(workshop, path(1))
    workshop.files.broken = True
    with pytest.raises(errors.StorageFailed):
        await sweeper.sweep()
    running = asyncio.create_task(sweeper.run())
    await asyncio.sleep(0.1)
    workshop.files.broken = False
    await asyncio.sleep(0.5)
    running.cancel()
    assert workshop.files.objects == {}


async def test_old_jobs_and_messages_are_forgotten_and_open_ones_kept(workshop: Workshop, sweeper: Sweeper) -> None:
    await workshop.kick("ada")
    await workshop.order(actor("ada"))
    workshop.moment += timedelta(days=121)
    await sweeper.sweep()
    states = [row["state"] for row in await workshop.database.fetch("SELECT state FROM kickbot.job")]
    assert states == ["queued"]
    assert await workshop.database.fetchval("SELECT count(*) FROM kickbot.message") == 0
    assert await workshop.used() == {}
