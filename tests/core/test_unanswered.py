"""A kick is made and counted once, whatever answer of the database gets lost on its way."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing
from dataclasses import replace
from uuid import uuid4

import pytest

from core import errors
from core.engine import Order
from core.making import prompts
from db.accounts.people import People
from db.jobs import Jobs
from db.postgres import pool
from db.postgres.database import Database
from tests import cutting
from tests.core.conftest import Workshop, take
from tests.core.people import KEYS, actor
from tests.cutting import Cuts
from tests.fakes.engine import decaying_sine

ADA = actor("ada")
FILING, BEGINNING, NOTING = "INSERT INTO kickbot.job", "kickbot.start_job", "SET engine"
RECORDING, SHOWING = "INSERT INTO kickbot.take", "SET state = 'done'"
TAKING_OVER = "attempts = attempts + 1"
FAILING, CANCELLING = "kickbot.fail_job", "kickbot.cancel_job"


@pytest.fixture
async def line(target: pool.Target) -> AsyncIterator[tuple[Workshop, Cuts]]:
    """A workshop behind a line that may be cut; ada has an account."""
    async with cutting.relayed(target) as (through, cuts), pool.open_pool(through) as connections:
        workshop = Workshop(Database(connections))
        workshop.engine.with_calls = True
        await workshop.people.enrol(ADA.person)
        yield workshop, cuts


@pytest.mark.parametrize("lost", [Cuts.answers, Cuts.questions])
@pytest.mark.parametrize("sql", [FILING, BEGINNING, NOTING, RECORDING, SHOWING])
async def test_a_kick_is_made_once(
    line: tuple[Workshop, Cuts], database: Database, lost: Callable[[Cuts, str], None], sql: str
) -> None:
    workshop, cuts = line
    lost(cuts, sql)
    made = await workshop.kick("ada")

    assert cuts.made == 1
    assert await workshop.takes.recent(made.account, 10) == [made]
    assert await workshop.used() == {f"account:{made.account}": 1, "all": 1}
    assert await states(database) == ["done"]
    assert workshop.engine.cancelled == []
    assert len(workshop.engine.submitted) == 1
    assert await database.fetchval("SELECT count(*) FROM kickbot.message WHERE take_id = $1", made.id) == 1


async def states(database: Database) -> list[str]:
    return [row["state"] for row in await database.fetch("SELECT state FROM kickbot.job ORDER BY id")]


async def test_three_kicks_whose_filing_was_not_answered_are_three(line: tuple[Workshop, Cuts]) -> None:
    workshop, cuts = line
    cuts.answers(FILING, 2)
    jobs = await workshop.order(ADA, "hit house count:3", event="e")
    assert cuts.made == 2
    assert [job.index for job in jobs] == [0, 1, 2]
    assert await workshop.order(ADA, "hit house count:3", event="e") == [], "the event is filed already"


async def test_again_whose_filing_was_not_answered_is_on_its_way_once(line: tuple[Workshop, Cuts]) -> None:
    workshop, cuts = line
    made = await workshop.kick("ada")
    cuts.answers(FILING)
    [job] = await workshop.studio.order(ADA, prompts.parse("hit"), event_id="a", again_of=made.id)
    assert (await take(workshop.studio, job)).id != made.id


@pytest.mark.parametrize("same", [True, False], ids=["this process", "another process"])
async def test_an_event_that_is_filed_by_another_call_meanwhile_is_theirs(
    line: tuple[Workshop, Cuts], database: Database, same: bool
) -> None:
    """Also where this very process was told of the event twice."""
    workshop, cuts = line
    worker = workshop.studio.worker if same else uuid4()
    other = replace(workshop.studio, jobs=Jobs(database), people=People(database, KEYS), worker=worker)
    cuts.questions(FILING, leaving=True)
    asking = asyncio.create_task(workshop.order(ADA, event="e"))
    async with asyncio.timeout(20):
        while not cuts.away:  # noqa: ASYNC110  # the relay tells nobody
            await asyncio.sleep(0)
    assert len(await other.order(ADA, prompts.parse("hit house"), event_id="e")) == 1
    cuts.away = False
    assert await asking == []


@pytest.mark.parametrize("lost", [Cuts.answers, Cuts.questions])
async def test_a_filing_of_which_nobody_can_tell_is_refused_and_over(
    line: tuple[Workshop, Cuts], database: Database, lost: Callable[..., None]
) -> None:
    workshop, cuts = line
    lost(cuts, FILING, leaving=True)
    with pytest.raises(errors.DatabaseUnavailable, match="try again"):
        await workshop.order(ADA, "hit house count:3")
    cuts.away = False
    await workshop.end_leases()
    assert await workshop.studio.take_over("test-bot") == []
    assert await states(database) == (["failed"] * 3 if lost is Cuts.answers else [])
    assert len(await workshop.order(ADA)) == 1
    assert await workshop.used() == {}


async def test_an_order_that_is_heard_of_again_and_filed_then_is_not_withdrawn(
    line: tuple[Workshop, Cuts], database: Database
) -> None:
    """Platforms tell of an event again where nobody has acknowledged it."""
    workshop, cuts = line
    cuts.questions(FILING, leaving=True)
    with pytest.raises(errors.DatabaseUnavailable):
        await workshop.order(ADA, event="e")
    cuts.away = False
    [job] = await workshop.order(ADA, event="e")
    with workshop.studio.holding(job):
        assert await workshop.studio.take_over("test-bot") == []
        await take(workshop.studio, job)
    assert await states(database) == ["made"]


async def test_an_order_that_was_refused_is_over_only_where_it_was_asked(
    line: tuple[Workshop, Cuts], database: Database
) -> None:
    """Until the database is back nothing is taken over either, and what is not its own it leaves alone."""
    workshop, cuts = line
    cuts.answers(FILING, leaving=True)
    with pytest.raises(errors.DatabaseUnavailable):
        await workshop.order(ADA)
    with pytest.raises(errors.DatabaseUnavailable):
        await workshop.studio.take_over("test-bot")
    cuts.away = False
    assert await workshop.studio.take_over("another-bot") == []
    assert await states(database) == ["queued"]
    other = replace(workshop.studio, jobs=Jobs(database), people=People(database, KEYS), worker=uuid4())
    [theirs] = await other.order(ADA, prompts.parse("hit house"), event_id="theirs")
    assert await workshop.studio.take_over("test-bot") == []
    assert await states(database) == ["failed", "queued"]
    assert (await take(other, theirs)).recipe.prompt == "hit house"


async def test_a_database_that_is_away_when_a_kick_is_made_is_waited_for(
    line: tuple[Workshop, Cuts], database: Database
) -> None:
    workshop, cuts = line
    for sql, state in ((RECORDING, "made"), (SHOWING, "done")):
        cuts.answers(sql, leaving=True)
        kick = asyncio.create_task(workshop.kick("ada"))
        async with asyncio.timeout(20):
            while state not in await states(database):  # noqa: ASYNC110  # the server tells nobody
                await asyncio.sleep(0.01)
        await asyncio.sleep(2)
        cuts.away = False
        await kick
    assert await states(database) == ["done", "done"]
    assert await database.fetchval("SELECT count(*) FROM kickbot.take") == 2


@pytest.mark.parametrize("lost", [Cuts.answers, Cuts.questions])
async def test_an_attempt_that_failed_is_given_back_once(
    line: tuple[Workshop, Cuts], lost: Callable[[Cuts, str], None]
) -> None:
    workshop, cuts = line
    await workshop.kick("ada")
    workshop.engine.render = refuse
    [job] = await workshop.order(ADA)
    lost(cuts, FAILING)
    with pytest.raises(errors.EngineFailed):
        await take(workshop.studio, job)
    assert cuts.made == 1
    assert set((await workshop.used()).values()) == {1}


def refuse(_: Order) -> bytes:
    raise errors.EngineFailed


async def test_nobody_is_told_to_try_again_what_is_gone_on_with(line: tuple[Workshop, Cuts]) -> None:
    """The engine fails and the database is away, so the job stays open, and is made later."""
    workshop, cuts = line

    def fail(order: Order) -> bytes:
        cuts.away = True
        cuts.questions("", 100)
        raise errors.EngineFailed

    workshop.engine.render = fail
    [job] = await workshop.order(ADA)
    with pytest.raises(errors.Delayed, match="without being asked for again"):
        await take(workshop.studio, job)
    cuts.away, cuts.times = False, 0
    workshop.engine.render = lambda order: decaying_sine(order.seed)
    await workshop.end_leases()
    studio = workshop.another()
    [left] = await studio.take_over("test-bot")
    made = await take(studio, left)
    assert await workshop.used() == {f"account:{made.account}": 1, "all": 1}


async def test_a_take_that_is_recorded_is_never_told_as_failed(line: tuple[Workshop, Cuts], database: Database) -> None:
    workshop, cuts = line
    [job] = await workshop.order(ADA)
    cuts.answers(RECORDING, 100)
    with pytest.raises(errors.LeaseLost):
        await take(workshop.studio, job)
    assert await states(database) == ["made"]
    cuts.times = 0
    await workshop.end_leases()
    studio = workshop.another()
    [left] = await studio.take_over("test-bot")
    assert (await take(studio, left)).name


@pytest.mark.parametrize("lost", [Cuts.answers, Cuts.questions])
async def test_the_call_of_a_cancelled_kick_is_cancelled(
    line: tuple[Workshop, Cuts], lost: Callable[[Cuts, str], None]
) -> None:
    workshop, cuts = line
    [job] = await workshop.order(ADA)
    async with aclosing(workshop.studio.make(job)) as steps:
        await anext(steps)
        lost(cuts, CANCELLING)
        await workshop.studio.cancel(job, ADA)
        with pytest.raises(errors.Cancelled):
            await anext(steps)
    assert cuts.made == 1
    assert workshop.engine.cancelled == ["call-1"]


@pytest.mark.parametrize("lost", [Cuts.answers, Cuts.questions])
async def test_what_is_taken_over_is_in_hand_and_taken_over_once(
    line: tuple[Workshop, Cuts], database: Database, lost: Callable[[Cuts, str], None]
) -> None:
    workshop, cuts = line
    jobs = [(await workshop.order(ADA))[0] for _ in range(3)]
    async with aclosing(workshop.studio.make(jobs[0])) as steps:
        await anext(steps)
    before = {row["id"]: row["attempts"] for row in await database.fetch(ATTEMPTS)}
    await workshop.end_leases()
    studio = workshop.another()
    lost(cuts, TAKING_OVER)
    taken = await studio.take_over("test-bot")
    assert cuts.made == 1
    assert [job.id for job in taken] == [job.id for job in jobs]
    assert {row["id"]: row["attempts"] - before[row["id"]] for row in await database.fetch(ATTEMPTS)} == {
        job.id: 1 for job in jobs
    }
    assert await studio.take_over("test-bot") == []
    assert [(await take(studio, job)).recipe.prompt for job in taken] == [job.prompt for job in jobs]


ATTEMPTS = "SELECT id, attempts FROM kickbot.job"
