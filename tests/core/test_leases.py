"""Jobs that a process has left: leases kept and lost, taking over, ending for good."""

import asyncio
from collections.abc import Callable
from contextlib import aclosing

import pytest

from core import errors
from tests.core.conftest import Workshop, take
from tests.core.people import actor

ADA = actor("ada")


async def test_a_job_that_ends_its_process_again_and_again_is_given_up(workshop: Workshop) -> None:
    [job] = await workshop.order(ADA)
    studio = workshop.studio
    for _ in range(3):
        await workshop.end_leases()
        studio = workshop.another()
        [job] = await studio.take_over("test-bot")
    with pytest.raises(errors.TooManyAttempts):
        await take(studio, job)
    assert await workshop.state(job) == "failed"


async def test_a_process_that_lost_its_lease_writes_nothing(workshop: Workshop) -> None:
    [job] = await workshop.order(ADA)
    async with aclosing(workshop.studio.make(job)) as steps:
        await anext(steps)
        await workshop.end_leases()
        later = workshop.another()
        [taken] = await later.take_over("test-bot")
        with pytest.raises(errors.LeaseLost):
            await anext(steps)
    made = await take(later, taken)
    assert await workshop.takes.recent(job.account, 10) == [made]
    assert set((await workshop.used()).values()) == {1}


async def test_a_living_process_keeps_its_leases(limited: Callable[..., Workshop]) -> None:
    workshop = limited(lease=1.5)
    [job] = await workshop.order(ADA)
    keeping = asyncio.create_task(workshop.studio.keep_leases())
    with workshop.studio.holding(job):
        for _ in range(10):
            await asyncio.sleep(0.2)
            assert await workshop.another().take_over("test-bot") == []
    keeping.cancel()
    await workshop.studio.release()
    [taken] = await workshop.another().take_over("test-bot")
    assert taken.id == job.id


async def test_another_application_takes_nothing_over(workshop: Workshop) -> None:
    await workshop.order(ADA)
    await workshop.end_leases()
    assert await workshop.another().take_over("laptop") == []


async def test_a_job_taken_over_goes_on_with_the_engines_call(workshop: Workshop) -> None:
    workshop.engine.with_calls = True
    [job] = await workshop.order(ADA)
    async with aclosing(workshop.studio.make(job)) as steps:
        await anext(steps)
    await workshop.end_leases()
    later = workshop.another()
    [taken] = await later.take_over("test-bot")
    await take(later, taken)
    assert len(workshop.engine.submitted) == 1


async def test_a_job_taken_over_is_rendered_again_where_the_result_is_gone(workshop: Workshop) -> None:
    workshop.engine.with_calls = True
    [job] = await workshop.order(ADA)
    async with aclosing(workshop.studio.make(job)) as steps:
        await anext(steps)
    await workshop.end_leases()
    workshop.engine.lost.add("call-1")
    later = workshop.another()
    [taken] = await later.take_over("test-bot")
    made = await take(later, taken)
    assert [order.seed for order in workshop.engine.submitted] == [made.recipe.seed] * 2


async def test_what_is_not_in_hand_is_left_to_others(limited: Callable[..., Workshop]) -> None:
    workshop = limited(lease=0.3)
    [job] = await workshop.order(ADA)
    keeping = asyncio.create_task(workshop.studio.keep_leases())
    await asyncio.sleep(0.5)
    [taken] = await workshop.another().take_over("test-bot")
    keeping.cancel()
    assert taken.id == job.id


async def test_a_process_does_not_take_over_what_it_has_in_hand(workshop: Workshop) -> None:
    [job] = await workshop.order(ADA)
    await workshop.end_leases()
    with workshop.studio.holding(job):
        assert await workshop.studio.take_over("test-bot") == []
    [taken] = await workshop.studio.take_over("test-bot")
    assert taken.id == job.id


async def test_leases_are_kept_through_any_trouble_of_the_database(limited: Callable[..., Workshop]) -> None:
    workshop = limited(lease=1.5)
    [job] = await workshop.order(ADA)
    keeping = asyncio.create_task(workshop.studio.keep_leases())
    with workshop.studio.holding(job):
        await workshop.database.execute("ALTER TABLE kickbot.job RENAME TO hidden")
        await asyncio.sleep(0.9)
        await workshop.database.execute("ALTER TABLE kickbot.hidden RENAME TO job")
        await asyncio.sleep(0.9)
        assert await workshop.another().take_over("test-bot") == []
    keeping.cancel()


async def test_a_take_whose_recording_was_not_answered_is_found(workshop: Workshop) -> None:
    workshop.jobs.lost_answers = 1
    made = await workshop.kick("ada")
    assert await workshop.takes.recent(made.account, 10) == [made]


async def test_that_a_kick_was_shown_is_noted_when_the_database_is_back(workshop: Workshop) -> None:
    [job] = await workshop.order(ADA)
    await take(workshop.studio, job)
    workshop.jobs.unreachable = 1
    await workshop.studio.delivered(job, "m1")
    assert await workshop.state(job) == "done"


async def test_a_call_that_could_not_be_noted_is_cancelled(workshop: Workshop) -> None:
    workshop.engine.with_calls = True
    workshop.engine.before_answer = workshop.end_lease_and_take_over
    [job] = await workshop.order(ADA)
    async with aclosing(workshop.studio.make(job)) as steps:
        with pytest.raises(errors.LeaseLost):
            await anext(steps)  # the first step: nobody follows a call that was just cancelled
    assert workshop.engine.cancelled == ["call-1"]


async def test_a_made_kick_that_was_deleted_before_it_was_shown_is_closed(workshop: Workshop) -> None:
    [job] = await workshop.order(ADA)
    made = await take(workshop.studio, job)
    await workshop.database.execute("DELETE FROM kickbot.take WHERE id = $1", made.id)
    await workshop.end_leases()
    studio = workshop.another()
    [left] = await studio.take_over("test-bot")
    with pytest.raises(errors.NoSuchTake):
        await take(studio, left)
    assert await workshop.state(job) == "done"


async def test_a_made_kick_that_cannot_be_shown_is_closed_after_some_attempts(workshop: Workshop) -> None:
    [job] = await workshop.order(ADA)
    made = await take(workshop.studio, job)
    for _ in range(3):
        await workshop.end_leases()
        studio = workshop.another()
        [left] = await studio.take_over("test-bot")
    with pytest.raises(errors.NeverShown, match=made.name):
        await take(studio, left)
    assert await workshop.state(job) == "done"
    assert await workshop.takes.recent(made.account, 10) == [made]


async def test_a_lease_lasts_surely_for_half_of_it_and_for_all_of_it_once_it_was_renewed(
    limited: Callable[..., Workshop],
) -> None:
    workshop = limited(lease=1.0)
    [job] = await workshop.order(ADA)
    assert not workshop.studio.surely_holds(job), "nobody is at work on it"
    with workshop.studio.holding(job):
        assert workshop.studio.surely_holds(job)
        await asyncio.sleep(0.6)
        assert not workshop.studio.surely_holds(job)
        renewing = asyncio.create_task(workshop.studio.keep_leases())
        async with asyncio.timeout(20):
            while not workshop.studio.surely_holds(job):  # noqa: ASYNC110  # what is awaited happens beside
                await asyncio.sleep(0.01)
        renewing.cancel()
    assert not workshop.studio.surely_holds(job)
