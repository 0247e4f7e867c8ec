"""How a job starts: counted and begun in one statement, so that nobody waits for a process that stands still."""

import asyncio
import multiprocessing
import os
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import aclosing, asynccontextmanager
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest

from core import days, errors, names
from core.jobs import Job, Start
from db.postgres import migrate, pool
from db.postgres.database import Database
from tests import wire
from tests.core import doomed
from tests.core.conftest import Workshop, take
from tests.core.people import actor
from tests.db.filling import Filling

ADA = actor("ada")

CHILDREN = multiprocessing.get_context("forkserver")
CHILDREN.set_forkserver_preload(["tests.core.doomed"])


async def begun(workshop: Workshop, job: Job) -> None:
    """Start the job and go no further."""
    async with aclosing(workshop.studio.make(job)) as steps:
        await anext(steps)


@asynccontextmanager
async def at_a_distance(
    target: pool.Target, answering: Callable[[], Awaitable[None]], size: int, patience: float = 10.0
) -> AsyncIterator[Workshop]:
    """A workshop each answer to which waits for `answering`."""
    async with wire.kept_waiting(target, answering) as relay, pool.open_pool(relay, size=size) as connections:
        yield Workshop(Database(connections, patience))


async def test_a_process_that_stands_still_holds_up_nobody(target: pool.Target, tmp_path: Path) -> None:
    stops: list[errors.KickbotError | None] = []

    async def stop() -> None:
        """Whatever the child has just asked for, it hears of no answer before somebody else has begun a kick."""
        os.kill(child.pid or 0, signal.SIGSTOP)
        try:
            [job] = await workshop.order(actor(f"bob {len(stops)}"))
            await begun(workshop, job)
            stops.append(None)
        except errors.KickbotError as error:
            stops.append(error)
        finally:
            os.kill(child.pid or 0, signal.SIGCONT)

    async with (
        wire.kept_waiting(target, stop) as relay,
        pool.open_pool(target, seconds=3) as connections,
    ):
        workshop = Workshop(Database(connections))
        child = CHILDREN.Process(target=doomed.live, args=(relay, tmp_path, 0))
        child.start()
        await asyncio.to_thread(child.join)
        used = await workshop.used()
    assert (child.exitcode, set(stops)) == (0, {None})
    assert len(stops) > 8
    assert used["all"] == len(stops) + 1


async def test_many_at_once_over_few_slow_connections_wait_in_line(workshop: Workshop, target: pool.Target) -> None:
    jobs = [(await workshop.order(actor(f"p{number}")))[0] for number in range(60)]

    async def travel() -> None:
        await asyncio.sleep(0.06)

    async with at_a_distance(target, travel, size=3, patience=1.0) as far:
        far.studio = replace(far.studio, worker=workshop.studio.worker)
        ends = await asyncio.gather(*(begun(far, job) for job in jobs), return_exceptions=True)
    assert ends == [None] * 60
    assert (await workshop.used())["all"] == 60


async def test_a_start_whose_answer_is_lost_is_found_again(workshop: Workshop, target: pool.Target) -> None:
    [job] = await workshop.order(ADA)
    cuts = 0

    async def lose() -> None:
        """Lose the answer that tells of the start."""
        nonlocal cuts
        if not cuts and await workshop.state(job) == "running":
            cuts += 1
            raise ConnectionError

    async with at_a_distance(target, lose, size=2) as far:
        far.studio = replace(far.studio, worker=workshop.studio.worker)
        made = await take(far.studio, job)
    assert cuts == 1
    assert await workshop.used() == {f"account:{made.account}": 1, "all": 1}


async def test_a_start_that_was_repeated_is_still_one_processes_own(workshop: Workshop) -> None:
    """Only the same start finds what it has begun: another, of the same worker too, finds the job in hand."""
    [job] = await workshop.order(ADA)
    await begun(workshop, job)
    with pytest.raises(errors.LeaseLost):
        await begun(workshop, job)
    assert await workshop.used() == {f"account:{job.account}": 1, "all": 1}


async def test_who_has_used_all_names_gets_a_numbered_one(workshop: Workshop) -> None:
    [job], [other], [third] = [await workshop.order(ADA) for _ in range(3)]
    longest = names.PREFIX + "x" * 28
    rows = Filling(workshop.database)
    await rows.take(job.account, longest)
    start = Start(days.day(workshop.moment), (), uuid4(), (longest,))
    started = [
        await workshop.jobs.start(one, workshop.studio.worker, replace(start, object=uuid4()))
        for one in (job, other, third)
    ]
    assert [one.name for one in started] == [f"{longest[:30]} {number}" for number in (2, 3, 4)]
    assert {len(one.name or "") for one in started} == {32}


async def test_a_refusal_leaves_no_row_of_usage(limited: Callable[..., Workshop]) -> None:
    workshop = limited(everyone=1)
    await workshop.kick("ada")
    with pytest.raises(errors.GlobalQuotaReached):
        await workshop.kick("bob")
    assert len(await workshop.used()) == 2


async def test_what_the_web_app_makes_meanwhile_counts_once_however_many_ask_at_once(workshop: Workshop) -> None:
    jobs = [job for made in await asyncio.gather(*(workshop.order(ADA) for _ in range(20))) for job in made]
    for number in range(3):
        await Filling(workshop.database).kick(jobs[0].account, f"AI: {number}", day=workshop.moment.date())
    ends = await asyncio.gather(*(begun(workshop, job) for job in jobs), return_exceptions=True)
    assert sum(end is None for end in ends) == 7
    assert sum(isinstance(end, errors.QuotaReached) for end in ends) == 13
    assert await workshop.used() == {f"account:{jobs[0].account}": 10, "all": 10}


async def test_many_start_through_a_transaction_pooler(pooled_database: Database) -> None:
    workshop = Workshop(pooled_database)
    jobs = [(await workshop.order(actor(f"p{number}")))[0] for number in range(20)]
    assert await asyncio.gather(*(begun(workshop, job) for job in jobs)) == [None] * 20
    assert (await workshop.used())["all"] == 20


async def test_what_was_counted_before_the_rows_of_usage_kept_what_they_saw_is_seen(empty_target: pool.Target) -> None:
    async with pool.open_pool(empty_target) as connections:
        workshop = Workshop(Database(connections))
        rows, known = Filling(workshop.database), migrate.known()
        await migrate.migrate(workshop.database, tuple(one for one in known if one.number < 9))
        account = await rows.user()
        await rows.identity(account, "ada")
        today = days.day(workshop.moment)
        await rows.kick(account, "AI: Web", day=today)
        for subject in (account, "all"):
            await rows.used(subject, 1, today)
        await migrate.migrate(workshop.database)
        await workshop.kick("ada")
        assert await workshop.used() == {f"account:{account}": 2, "all": 2}
