"""Attempts that are given back, whatever becomes of the accounts meanwhile: held against a plain count."""

import asyncio
from collections.abc import AsyncIterator, Awaitable
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass, field, replace
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core import errors
from core.accounts.accounts import Accounts
from core.engine import Order
from core.jobs import Job
from core.making.studio import Limits
from core.people import Actor
from db.postgres.database import Database
from tests.core.accounts import ADA, ADA_L, EVE, accounts_of, linked
from tests.core.conftest import Workshop
from tests.core.people import actor
from tests.db.filling import Filling, when_waiting
from tests.fakes.engine import decaying_sine


async def begun(workshop: Workshop, who: Actor) -> Job:
    """A kick of theirs that is being made."""
    [job] = await workshop.order(who)
    async with aclosing(workshop.studio.make(job)) as steps:
        await anext(steps)
    return job


async def fail(workshop: Workshop, job: Job) -> bool:
    """Whether the job has ended."""
    ended: bool = await workshop.jobs.fail(job, workshop.studio.worker, "It failed.")
    return ended


@asynccontextmanager
async def joining(workshop: Workshop, service: Accounts) -> AsyncIterator[None]:
    """The accounts of Ada are being joined as long as the block runs: all but a take is moved already."""
    late = await Filling(workshop.database).take(await workshop.people.enrol(ADA_L.person), "AI: Late")
    async with workshop.database.transaction() as holding:
        await holding.execute("SELECT FROM kickbot.take WHERE id = $1 FOR UPDATE", late)
        joined = asyncio.create_task(linked(service, ADA, ADA_L))
        await when_waiting(workshop.database, 1)
        yield
    await joined


async def test_what_fails_while_accounts_are_joined_is_given_back(workshop: Workshop) -> None:
    service = accounts_of(workshop)
    account = await workshop.people.enrol(ADA.person)
    job = await begun(workshop, ADA_L)
    async with joining(workshop, service):
        failing = asyncio.ensure_future(fail(workshop, job))
        await when_waiting(workshop.database, 2)
    assert await failing
    assert await workshop.used() == {f"account:{account}": 0, "all": 0}


async def test_a_kick_that_is_no_longer_the_accounts_is_not_cancelled_and_its_call_not_told(
    workshop: Workshop,
) -> None:
    service = accounts_of(workshop)
    await workshop.people.enrol(ADA.person)
    job = await begun(workshop, ADA_L)
    await workshop.jobs.submitted(job, workshop.studio.worker, "fake", "the-call")
    async with joining(workshop, service):
        cancelling = asyncio.ensure_future(workshop.jobs.cancel(job, job.account))
        await when_waiting(workshop.database, 2)
    with pytest.raises(errors.NotYours):
        await cancelling
    assert await workshop.state(job) == "running"


async def test_whoever_cancels_while_their_accounts_are_joined_does_so_in_the_joined_one(workshop: Workshop) -> None:
    service = accounts_of(workshop)
    await workshop.people.enrol(ADA.person)
    job = await begun(workshop, ADA_L)
    async with joining(workshop, service):
        cancelling = asyncio.ensure_future(workshop.studio.cancel(job, ADA_L))
        await when_waiting(workshop.database, 2)
    await cancelling
    assert await workshop.state(job) == "cancelled"


async def test_what_fails_after_accounts_were_parted_is_given_back_by_both(workshop: Workshop) -> None:
    service = accounts_of(workshop)
    await linked(service, ADA, ADA_L)
    job = await begun(workshop, ADA)
    await service.unlink(ADA_L)
    assert sorted((await workshop.used()).values()) == [1, 1, 1]
    assert await fail(workshop, job)
    assert set((await workshop.used()).values()) == {0}
    await linked(service, ADA, ADA_L)
    assert set((await workshop.used()).values()) == {0}


async def test_what_fails_is_given_back_by_a_third_whose_account_met_it_after_it_was_parted(
    workshop: Workshop,
) -> None:
    service = accounts_of(workshop)
    await linked(service, ADA, ADA_L)
    await workshop.kick("eve")
    job = await begun(workshop, ADA)
    await service.unlink(ADA_L)
    await linked(service, EVE, ADA_L)
    await service.forget(ADA_L, (await service.leaving(ADA_L)).mine.id)
    for who in (EVE, ADA_L):
        await workshop.people.enrol(who.person)
        assert (await service.status(who)).holdings.made == 2
    assert await fail(workshop, job)
    assert [(await service.status(who)).holdings.made for who in (ADA, EVE, ADA_L)] == [0, 1, 1]


NAMES = ("ada", "bob", "carol")

STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            ["begin", "begin", "begin", "fail", "fail", "cancel", "finish", "join", "join", "part", "part", "forget"]
        ),
        st.sampled_from(NAMES),
        st.sampled_from(NAMES),
        st.integers(0, 9),
    ),
    min_size=20,
    max_size=40,
)


@dataclass(eq=False)
class Account:
    """Who is in it, and the attempts that it knows of."""

    people: set[str] = field(default_factory=set)
    known: set[int] = field(default_factory=set)


@dataclass
class Plain:
    """What is to be counted, on fingers."""

    account: dict[str, Account] = field(default_factory=dict)
    left: dict[str, set[int]] = field(default_factory=dict)
    open: dict[int, tuple[Job, str, Account]] = field(default_factory=dict)
    counted: set[int] = field(default_factory=set)

    def enrol(self, name: str) -> Account:
        """Somebody comes, or is there."""
        if name not in self.account:
            self.account[name] = Account({name}, self.left.pop(name, set()))
        return self.account[name]

    def begin(self, name: str, job: Job) -> None:
        """One more attempt."""
        account = self.enrol(name)
        account.known.add(job.id)
        self.counted.add(job.id)
        self.open[job.id] = job, name, account

    def join(self, into: Account, gone: Account) -> None:
        """The two become one."""
        into.known |= gone.known
        for name in gone.people:
            self.account[name] = into
        into.people |= gone.people
        self.open = {
            number: (job, name, into if account is gone else account)
            for number, (job, name, account) in self.open.items()
        }

    def part(self, name: str) -> None:
        """Somebody leaves the others."""
        account = self.account[name]
        account.people.remove(name)
        self.account[name] = Account({name}, set(account.known))

    def forget(self, gone: Account) -> None:
        """All of them leave; what is being made stays counted."""
        for name in gone.people:
            self.left[name] = set(gone.known)
            del self.account[name]
        self.open = {
            number: (job, name, account)
            for number, (job, name, account) in self.open.items()
            if account is not gone and name not in gone.people
        }

    def made(self, name: str) -> int:
        """What `account status` says."""
        return len(self.account[name].known & self.counted)


@dataclass
class Life:
    """Steps, done for real and on fingers."""

    workshop: Workshop
    plain: Plain = field(default_factory=Plain)
    tag: str = field(default_factory=lambda: uuid4().hex)

    def __post_init__(self) -> None:
        self.service = accounts_of(self.workshop)

    def actor(self, name: str) -> Actor:
        return actor(f"{name}-{self.tag}")

    async def step(self, what: str, name: str, other: str, choice: int) -> None:
        """One step; where accounts are joined or parted, a job may fail meanwhile."""
        plain, who = self.plain, self.actor(name)
        account = plain.enrol(name)
        await self.workshop.people.enrol(who.person)
        meanwhile = self.failing if choice % 3 == 0 else lambda _: []
        match what:
            case "begin":
                plain.begin(name, await begun(self.workshop, who))
            case "fail":
                await asyncio.gather(*self.failing(choice))
            case "cancel" | "finish" if plain.open:
                job, _, owner = plain.open.pop(sorted(plain.open)[choice % len(plain.open)])
                if what == "cancel":
                    await self.workshop.studio.cancel(job, self.actor(min(owner.people)))
                else:
                    await self.workshop.studio.release()
                    await self.finish(job)
            case "join" if account is not plain.enrol(other):
                await self.workshop.people.enrol(self.actor(other).person)
                await asyncio.gather(linked(self.service, who, self.actor(other)), *meanwhile(choice))
                plain.join(account, plain.account[other])
            case "part" if len(account.people) > 1:
                await asyncio.gather(self.service.unlink(who), *meanwhile(choice))
                plain.part(name)
            case "forget":
                await self.service.forget(who, (await self.service.leaving(who)).mine.id)
                plain.forget(account)

    def failing(self, choice: int) -> list[Awaitable[bool]]:
        """One of the open jobs fails."""
        if not self.plain.open:
            return []
        job, _, _ = self.plain.open.pop(sorted(self.plain.open)[choice % len(self.plain.open)])
        self.plain.counted.remove(job.id)
        return [fail(self.workshop, job)]

    async def finish(self, job: Job) -> None:
        """The job, taken over, is made to its end."""
        for one in await self.workshop.jobs.take_over("test-bot", self.workshop.studio.worker, 60, set()):
            if one.id == job.id:
                async with aclosing(self.workshop.studio.make(one)) as steps:
                    async for _ in steps:
                        pass

    async def check(self) -> None:
        """What is counted is what was made."""
        for name in self.plain.account:
            assert (await self.service.status(self.actor(name))).holdings.made == self.plain.made(name), name
        assert (await self.workshop.used()).get("all", 0) == len(self.plain.counted)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
async def test_what_is_counted_is_what_was_made_in_any_order(
    database: Database, steps: list[tuple[str, str, str, int]]
) -> None:
    await database.execute("TRUNCATE kickbot.usage CASCADE; TRUNCATE kickbot.job CASCADE")
    workshop = Workshop(database, limits=replace(Limits(), daily=100))
    workshop.engine.render = sound
    life = Life(workshop)
    for step in steps:
        await life.step(*step)
        await life.check()


def sound(_: Order) -> bytes:
    """A kick."""
    return decaying_sine(1)
