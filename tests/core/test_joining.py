"""Accounts that are joined, parted or forgotten while kicks are being made for them."""

import asyncio
from collections.abc import AsyncIterator, Awaitable
from contextlib import aclosing, asynccontextmanager
from random import Random
from typing import TypeVar

import pytest

from core import errors, files, names
from core.accounts.accounts import Accounts
from core.kicks import Take
from core.making import prompts
from core.people import Actor
from db.postgres.database import Database
from tests.core.accounts import ADA, ADA_L, EVE, accounts_of, linked, sweeper
from tests.core.conftest import Workshop, take
from tests.db.filling import Filling, when_waiting

Result = TypeVar("Result")


@pytest.fixture
def service(workshop: Workshop) -> Accounts:
    return accounts_of(workshop)


async def test_a_kick_being_made_lands_in_the_joined_account(workshop: Workshop, service: Accounts) -> None:
    await workshop.kick("ada")
    [job] = await workshop.order(ADA_L)
    async with aclosing(workshop.studio.make(job)) as steps:
        await anext(steps)
        await linked(service, ADA, ADA_L)
        made = await anext(steps)
    assert isinstance(made, Take)
    await workshop.studio.delivered(job, "m")
    assert made.account == await workshop.people.account(ADA.person) != job.account
    assert made in await workshop.takes.recent(made.account, 9)
    await workshop.pass_time(hours=2)
    await sweeper(workshop).sweep()
    assert {made.path, files.picture_path(made.path)} <= set(workshop.files.objects)


async def test_kicks_of_one_name_being_made_are_told_apart(workshop: Workshop, service: Accounts) -> None:
    studios = [workshop.another(Random(5)), workshop.another(Random(5))]
    jobs = [
        (await studio.order(who, prompts.parse("hit"), event_id=who.person.name))[0]
        for studio, who in zip(studios, (ADA, ADA_L), strict=True)
    ]
    async with aclosing(studios[0].make(jobs[0])) as one, aclosing(studios[1].make(jobs[1])) as two:
        await anext(one)
        await anext(two)
        await linked(service, ADA, ADA_L)
        made = [await anext(two), await anext(one)]
    names = [step.name for step in made if isinstance(step, Take)]
    assert sorted(names) == [min(names), f"{min(names)} 2"]


async def test_a_kick_that_fails_gives_its_attempt_back_to_the_joined_account(
    workshop: Workshop, service: Accounts
) -> None:
    await workshop.kick("ada")
    [job] = await workshop.order(ADA_L)
    async with aclosing(workshop.studio.make(job)) as steps:
        await anext(steps)
        await linked(service, ADA, ADA_L)
        assert (await service.status(ADA)).holdings.made == 2
        workshop.files.broken = True
        with pytest.raises(errors.StorageFailed):
            await anext(steps)
    workshop.files.broken = False
    assert (await service.status(ADA)).holdings.made == 1
    await workshop.pass_time(hours=2)
    await sweeper(workshop).sweep()
    assert len(workshop.files.objects) == 2


async def test_a_kick_filed_before_and_begun_after_counts_for_the_joined_account(
    workshop: Workshop, service: Accounts
) -> None:
    await workshop.kick("ada")
    [job] = await workshop.order(ADA_L)
    await linked(service, ADA, ADA_L)
    made = await take(workshop.studio, job)
    assert made.account == await workshop.people.account(ADA.person)
    assert await workshop.used() == {f"account:{made.account}": 2, "all": 2}


async def test_whoever_joined_may_cancel_what_either_began(workshop: Workshop, service: Accounts) -> None:
    await workshop.people.enrol(ADA.person)
    [job] = await workshop.order(ADA_L)
    await linked(service, ADA, ADA_L)
    await workshop.studio.cancel(job, ADA)
    assert await workshop.state(job) == "cancelled"
    [other] = await workshop.order(ADA)
    with pytest.raises(errors.NotYours):
        await workshop.studio.cancel(other, EVE)


async def test_a_kick_of_somebody_forgotten_is_cancelled_and_its_file_removed(
    workshop: Workshop, service: Accounts
) -> None:
    [running] = await workshop.order(ADA)
    [waiting] = await workshop.order(ADA)
    async with aclosing(workshop.studio.make(running)) as steps:
        await anext(steps)
        await service.forget(ADA, (await service.leaving(ADA)).mine.id)
        with pytest.raises(errors.Cancelled):
            await anext(steps)
    with pytest.raises(errors.Cancelled):
        await take(workshop.studio, waiting)
    await workshop.pass_time(hours=1)
    await sweeper(workshop).sweep()
    assert workshop.files.objects == {}


async def test_a_kick_of_somebody_who_left_the_account_stays_in_it(workshop: Workshop, service: Accounts) -> None:
    await linked(service, ADA, ADA_L)
    [job] = await workshop.order(ADA_L)
    async with aclosing(workshop.studio.make(job)) as steps:
        await anext(steps)
        await service.unlink(ADA, "slack")
        made = await anext(steps)
    assert isinstance(made, Take)
    assert made.account == await workshop.people.account(ADA.person)
    assert (await service.status(ADA_L)).holdings.takes == 0


async def test_joining_while_both_make_kicks_loses_and_doubles_nothing(
    workshop: Workshop, service: Accounts, database: Database
) -> None:
    for who in (ADA, ADA_L):
        await workshop.people.enrol(who.person)

    async def kick(who: Actor) -> Take:
        [job] = await workshop.order(who)
        return await take(workshop.studio, job)

    kicks = [asyncio.create_task(kick(who)) for who in (ADA, ADA_L) * 4]
    await asyncio.sleep(0.05)
    await linked(service, ADA, ADA_L)
    made = await asyncio.gather(*kicks)
    account = await workshop.people.account(ADA.person)
    rows = await database.fetch("SELECT id, account_id, name FROM kickbot.take")
    assert {row["id"] for row in rows} == {one.id for one in made}
    assert {row["account_id"] for row in rows} == {account}
    assert len({row["name"] for row in rows}) == len(made) == 8
    assert await workshop.used() == {f"account:{account}": 8, "all": 8}


@asynccontextmanager
async def in_the_midst_of_joining(workshop: Workshop, service: Accounts) -> AsyncIterator[None]:
    """Ada's accounts are being joined as long as the block runs, and are joined after it."""
    older = await workshop.people.enrol(ADA.person)
    younger = await workshop.people.enrol(ADA_L.person)
    assert older < younger
    late = await Filling(workshop.database).take(younger, "AI: Late")
    async with workshop.database.transaction() as holding:
        await holding.execute("SELECT FROM kickbot.take WHERE id = $1 FOR UPDATE", late)
        joining = asyncio.create_task(linked(service, ADA, ADA_L))
        await when_waiting(workshop.database, 1)
        yield
        assert not joining.done()
    await asyncio.wait_for(joining, 20)


async def waiting(workshop: Workshop, doing: Awaitable[Result], count: int = 2) -> asyncio.Future[Result]:
    """Begin it, and return when it waits as the joining does."""
    begun = asyncio.ensure_future(doing)
    await when_waiting(workshop.database, count)
    return begun


async def test_a_kick_asked_for_meanwhile_is_the_joined_accounts(workshop: Workshop, service: Accounts) -> None:
    async with in_the_midst_of_joining(workshop, service):
        orders = [workshop.order(ADA_L), workshop.order(ADA)]
        asked = [await waiting(workshop, order, count) for count, order in enumerate(orders, 2)]
    jobs = [job for one in asked for job in await one]
    account = await workshop.people.account(ADA.person)
    assert [job.account for job in jobs] == [account, account]


async def test_a_kick_begun_meanwhile_counts_once(workshop: Workshop, service: Accounts) -> None:
    [mine], [hers] = await workshop.order(ADA), await workshop.order(ADA_L)
    async with in_the_midst_of_joining(workshop, service):
        begun = [
            await waiting(workshop, take(workshop.studio, job), count) for count, job in enumerate((mine, hers), 2)
        ]
    made = [await one for one in begun]
    account = await workshop.people.account(ADA.person)
    assert [one.account for one in made if isinstance(one, Take)] == [account, account]
    assert await workshop.used() == {f"account:{account}": 2, "all": 2}


async def test_a_kick_finished_meanwhile_lands_in_the_joined_account(workshop: Workshop, service: Accounts) -> None:
    await workshop.people.enrol(ADA.person)
    [job] = await workshop.order(ADA_L)
    async with aclosing(workshop.studio.make(job)) as steps:
        await anext(steps)
        async with in_the_midst_of_joining(workshop, service):
            finishing = await waiting(workshop, anext(steps))
        made = await finishing
    assert isinstance(made, Take)
    assert made.account == await workshop.people.account(ADA.person)


async def test_a_name_that_is_about_to_come_is_not_chosen(workshop: Workshop, service: Accounts) -> None:
    await workshop.people.enrol(ADA.person)
    younger = await workshop.people.enrol(ADA_L.person)
    seed = Random(5)
    first = next(iter(names.candidates(seed)))
    await Filling(workshop.database).take(younger, first)
    studio = workshop.another(Random(5))
    [job] = await studio.order(ADA, prompts.parse("hit seed:1"), event_id="e")
    async with in_the_midst_of_joining(workshop, service):
        making = await waiting(workshop, take(studio, job))
    made = await making
    assert isinstance(made, Take)
    assert made.name != first


async def test_todays_count_is_the_same_however_often_accounts_meet(workshop: Workshop, service: Accounts) -> None:
    async def made(who: Actor) -> int:
        return (await service.status(who)).holdings.made

    await workshop.kick("ada")
    await take(workshop.studio, (await workshop.order(ADA_L))[0])
    for _ in range(3):
        await linked(service, ADA, ADA_L)
        assert (await made(ADA), await made(ADA_L)) == (2, 2)
        await service.unlink(ADA_L)
        assert (await made(ADA), await made(ADA_L)) == (2, 2)
    await workshop.kick("ada")
    await take(workshop.studio, (await workshop.order(ADA_L))[0])
    assert (await made(ADA), await made(ADA_L)) == (3, 3)
    await linked(service, ADA_L, ADA)
    assert await made(ADA) == 4


async def test_todays_count_of_both_who_were_forgotten_is_one_when_they_meet_again(
    workshop: Workshop, service: Accounts
) -> None:
    await workshop.kick("ada")
    await workshop.kick("ada")
    await linked(service, ADA, ADA_L)
    for _ in range(2):
        await service.forget(ADA, (await service.leaving(ADA)).mine.id)
        await linked(service, ADA, ADA_L)
        assert (await service.status(ADA)).holdings.made == 2
    await workshop.kick("ada")
    assert (await service.status(ADA_L)).holdings.made == 3


async def test_what_somebody_else_made_counts_too_for_who_brings_a_count_along(
    workshop: Workshop, service: Accounts
) -> None:
    await workshop.kick("ada")
    await workshop.kick("eve")
    await linked(service, ADA, ADA_L)
    await service.unlink(ADA_L)
    await linked(service, EVE, ADA_L)
    assert (await service.status(EVE)).holdings.made == 2
    await linked(service, ADA, EVE)
    assert (await service.status(EVE)).holdings.made == 2
    assert (await workshop.used())["all"] == 2
