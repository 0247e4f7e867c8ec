"""What goes on beside everything else, and how it ends with the process."""

import asyncio

import pytest

from bots.chat.background import Background, repeat
from bots.chat.deliveries import Deliveries
from bots.chat.leftovers import Leftovers, Served
from bots.chat.notifications import Notifications
from core import errors
from core.chat.removals import Removals
from core.jobs import Job
from core.making.studio import Limits
from db.accounts.notifications import NotificationRows
from db.removals import RemovalRows
from tests.core.conftest import Workshop
from tests.core.people import actor


async def never() -> None:
    await asyncio.Event().wait()


async def test_the_end_waits_for_what_is_running_and_for_what_is_just_beginning() -> None:
    background, done = Background(), []

    async def work(name: str) -> None:
        await asyncio.sleep(0.02)
        done.append(name)

    async def request() -> None:
        background.start(work("late"))

    background.start(work("early"))
    in_hand = asyncio.create_task(request())
    await background.close(20)
    assert sorted(done) == ["early", "late"]
    assert background.running == set()
    assert in_hand.done()


async def test_what_does_not_end_is_ended() -> None:
    background = Background()
    background.start(never())
    [task] = background.running
    await background.close(0.01)
    assert task.cancelled()
    await background.close(20)


async def test_an_error_is_logged_and_a_cancellation_is_not(caplog: pytest.LogCaptureFixture) -> None:
    async def fail() -> None:
        raise ZeroDivisionError

    background = Background()
    background.start(fail())
    background.start(never())
    await background.close(0.01)
    [record] = caplog.records
    assert record.exc_info is not None
    assert record.exc_info[0] is ZeroDivisionError
    assert background.running == set()


async def test_what_another_process_left_is_held_and_delivered(workshop: Workshop) -> None:
    [job] = await workshop.order(actor("ada"))
    held: list[bool] = []
    studio = workshop.another()

    async def deliver(job: Job) -> None:
        held.append(job.id in studio.in_hand)

    deliveries = Deliveries(studio, deliver)
    await deliveries.take_over("test-bot")
    assert not deliveries.running, "its lease still lasts"
    await workshop.end_leases()
    await deliveries.take_over("another-bot")
    assert not deliveries.running, "it is another application's"
    await deliveries.take_over("test-bot")
    await deliveries.close(20)
    assert held == [True]
    assert job.id not in studio.in_hand
    assert deliveries.running == set()


async def test_a_database_that_is_away_ends_no_taking_over(
    workshop: Workshop, caplog: pytest.LogCaptureFixture
) -> None:
    delivered = asyncio.Event()

    async def deliver(job: Job) -> None:
        delivered.set()

    workshop.limits = Limits(lease=0.02)
    deliveries = Deliveries(workshop.another(), deliver)
    await workshop.database.execute("ALTER TABLE kickbot.job RENAME TO hidden")
    taking = asyncio.create_task(
        repeat(lambda: deliveries.take_over("test-bot"), deliveries.pause, "nothing is taken over for now")
    )
    await asyncio.sleep(0.1)
    assert not taking.done()
    assert {record.getMessage().partition("(")[0] for record in caplog.records} == {
        "nothing is taken over for now: UndefinedTableError"
    }
    await workshop.database.execute("ALTER TABLE kickbot.hidden RENAME TO job")
    await workshop.order(actor("ada"))
    await workshop.end_leases()
    async with asyncio.timeout(20):
        await delivered.wait()
    taking.cancel()
    await deliveries.close(20)


async def test_what_is_not_shown_in_time_is_left_to_the_next_process(
    workshop: Workshop, caplog: pytest.LogCaptureFixture
) -> None:
    begun = asyncio.Event()

    async def deliver(job: Job) -> None:
        begun.set()
        await never()

    [job] = await workshop.order(actor("ada"))
    deliveries = Deliveries(workshop.studio, deliver)
    delivering = deliveries.start(job)
    await begun.wait()
    assert job.id in workshop.studio.in_hand
    await deliveries.close(0.01)
    assert delivering.cancelled()
    assert job.id not in workshop.studio.in_hand
    await deliveries.close(20)
    assert not caplog.records
    await workshop.end_leases()
    [taken] = await workshop.another().take_over("test-bot")
    assert taken.id == job.id


async def test_a_delivery_that_fails_is_logged_whole(workshop: Workshop, caplog: pytest.LogCaptureFixture) -> None:
    async def deliver(job: Job) -> None:
        raise errors.DatabaseUnavailable

    [job] = await workshop.order(actor("ada"))
    deliveries = Deliveries(workshop.studio, deliver)
    await asyncio.wait([deliveries.start(job)])
    await asyncio.sleep(0)
    assert [record.exc_info is not None for record in caplog.records] == [True]
    assert [record.getMessage() for record in caplog.records] == ["a delivery ended with an error"]
    assert deliveries.running == set()


async def test_a_round_that_fails_is_named_with_its_platform_and_is_not_the_last(
    workshop: Workshop, caplog: pytest.LogCaptureFixture
) -> None:
    workshop.limits = Limits(lease=0.02)
    asked = 0

    async def served() -> list[Served]:
        nonlocal asked
        asked += 1
        if asked <= 3:
            raise errors.DatabaseUnavailable(detail="no route")
        return [Served("test-bot", "")]

    delivered = asyncio.Event()

    async def deliver(job: Job) -> None:
        delivered.set()

    await workshop.order(actor("ada"))
    await workshop.end_leases()
    deliveries = Deliveries(workshop.another(), deliver)
    removals, notifications = (
        Removals(RemovalRows(workshop.database)),
        Notifications(NotificationRows(workshop.database)),
    )
    attending = asyncio.create_task(Leftovers("nowhere", served, deliveries, removals, notifications).attend())
    async with asyncio.timeout(20):
        await delivered.wait()
    attending.cancel()
    await asyncio.gather(attending, return_exceptions=True)
    await deliveries.close(20)
    assert {record.getMessage().partition(":")[0] for record in caplog.records} == {
        "nothing is taken over on nowhere for now",
        "messages on nowhere are removed later",
        "notifications on nowhere are sent later",
    }
    assert all(record.getMessage().endswith("detail='no route')") for record in caplog.records)
