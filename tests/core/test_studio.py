"""The way of a job: counted once, recorded once, nothing lost."""

import asyncio
from collections.abc import Callable
from contextlib import aclosing
from dataclasses import replace
from datetime import timedelta
from random import Random
from uuid import uuid4

import asyncpg
import pytest

from core import days, errors, files
from core.engine import Progress
from core.kicks import Take
from core.making import prompts
from core.sound import reading
from tests.core.conftest import Workshop, take
from tests.core.people import actor
from tests.fakes.engine import decaying_sine

ADA = actor("ada")


async def test_a_kick_is_made_stored_and_recorded(workshop: Workshop) -> None:
    made = await workshop.kick("ada", "deep 808 wobble seed:42")

    assert made.name.startswith("AI: ")
    assert made.recipe.seed == 42
    assert made.recipe.matched == ("deep", "808")
    assert made.recipe.ignored == ("wobble",)
    assert made.facts.note == "A1"
    assert made.expires - made.created == timedelta(days=90)
    assert reading.read(workshop.files.objects[made.path]).size > 20_000
    assert workshop.files.objects[files.picture_path(made.path)].startswith(b"\x89PNG")
    assert await workshop.takes.recent(made.account, 10) == [made]
    assert await workshop.used() == {f"account:{made.account}": 1, "all": 1}


async def test_progress_is_told_and_the_take_comes_last(workshop: Workshop) -> None:
    [job] = await workshop.order(ADA)
    steps = [step async for step in workshop.studio.make(job)]
    assert isinstance(steps[0], Progress)
    assert isinstance(steps[-1], Take)
    assert await workshop.state(job) == "made"
    await workshop.studio.delivered(job, "m1")
    assert await workshop.state(job) == "done"
    assert await workshop.database.fetchval("SELECT take_id FROM kickbot.message WHERE message = 'm1'") == steps[-1].id


async def test_a_placeholder_posted_after_filing_is_what_the_next_process_edits(workshop: Workshop) -> None:
    [job] = await workshop.order(ADA)
    placed = replace(job, address=replace(job.address, placeholder="p1"))
    async with aclosing(workshop.studio.make(placed)) as steps:
        await anext(steps)
    await workshop.end_leases()
    [taken] = await workshop.another().take_over("test-bot")
    assert taken.address.placeholder == "p1"


async def test_a_kick_may_be_shown_in_several_messages_or_in_none(workshop: Workshop) -> None:
    for shown in (("m1", "file-1"), ("m2", None), (None,)):
        [job] = await workshop.order(ADA)
        await take(workshop.studio, job)
        await workshop.studio.delivered(job, *shown)
        assert await workshop.state(job) == "done"
    rows = await workshop.database.fetch("SELECT message FROM kickbot.message ORDER BY message")
    assert [row["message"] for row in rows] == ["file-1", "m1", "m2"]


async def test_again_on_the_card_of_a_kick_that_is_gone_makes_another(workshop: Workshop) -> None:
    made = await workshop.kick("ada")
    await workshop.database.execute("DELETE FROM kickbot.take")
    assert await workshop.studio.order(ADA, prompts.parse("hit"), event_id="a", again_of=made.id)


async def test_a_redelivered_event_makes_nothing_twice(workshop: Workshop) -> None:
    first = await workshop.order(ADA, "hit house count:3", event="e1")
    again = await workshop.order(ADA, "hit house count:3", event="e1")
    assert [job.index for job in first] == [0, 1, 2]
    assert len({job.seed for job in first}) == 3
    assert again == []


async def test_the_first_use_makes_one_account_even_at_once(workshop: Workshop) -> None:
    jobs = await asyncio.gather(*(workshop.order(ADA) for _ in range(12)))
    assert len({job.account for [job] in jobs}) == 1
    user = await workshop.database.fetchrow("SELECT * FROM public.auth_user")
    assert await workshop.database.fetchval("SELECT count(*) FROM public.auth_user") == 1
    assert user is not None
    assert user["username"].startswith("chat-")
    assert len(user["username"]) == len("chat-") + 12
    assert user["password"].startswith("!")


async def test_two_hundred_at_once_against_a_limit_of_ten(workshop: Workshop) -> None:
    jobs = [job for made in await asyncio.gather(*(workshop.order(ADA) for _ in range(200))) for job in made]
    ends = await asyncio.gather(*(take(workshop.studio, job) for job in jobs), return_exceptions=True)

    takes = [end for end in ends if isinstance(end, Take)]
    refusals = [end for end in ends if isinstance(end, errors.QuotaReached)]
    assert (len(takes), len(refusals)) == (10, 190)
    assert len({made.name for made in takes}) == 10
    assert str(refusals[0]) == (
        "You have made 10 kicks today; the count starts again at 05:00 UTC. Your library is safe: 0 kicks."
    )
    assert len(await workshop.takes.recent(jobs[0].account, 50)) == 10
    assert await workshop.used() == {f"account:{jobs[0].account}": 10, "all": 10}


async def test_everyone_together_has_a_limit_too(limited: Callable[..., Workshop]) -> None:
    workshop = limited(everyone=3)
    jobs = [(await workshop.order(actor(name)))[0] for name in "abcde"]
    ends = await asyncio.gather(*(take(workshop.studio, job) for job in jobs), return_exceptions=True)
    assert sum(isinstance(end, Take) for end in ends) == 3
    assert sum(isinstance(end, errors.GlobalQuotaReached) for end in ends) == 2
    used = await workshop.used()
    assert used.pop("all") == 3
    assert sorted(used.values()) == [1, 1, 1], "a refusal counts nowhere"


async def test_the_count_starts_from_the_web_apps_rows_of_the_day(workshop: Workshop) -> None:
    made = await workshop.kick("ada")
    await workshop.database.execute("DELETE FROM kickbot.usage")
    today = days.day(workshop.moment)
    for name, day in (("AI: A", today), ("AI: B", today), ("AI: C", today - timedelta(days=1))):
        await workshop.database.execute(
            "INSERT INTO public.kickgen_generatedkick (name, audio_url, storage_path, created_at, user_id) "
            "VALUES ($1, '', '', $2, $3)",
            name,
            day,
            made.account,
        )
    await workshop.kick("ada")
    assert await workshop.used() == {f"account:{made.account}": 3, "all": 3}


async def test_where_one_process_has_no_limit_the_others_keep_theirs(limited: Callable[..., Workshop]) -> None:
    workshop = limited(daily=None)
    made = [await workshop.kick("ada") for _ in range(12)]
    assert await workshop.used() == {f"account:{made[0].account}": 12, "all": 12}
    elsewhere = replace(workshop.studio, limits=replace(workshop.studio.limits, daily=12), worker=uuid4())
    [job] = await elsewhere.order(ADA, prompts.parse("hit"), event_id="e")
    with pytest.raises(errors.QuotaReached, match="You have made 12 kicks today"):
        await take(elsewhere, job)


async def test_what_does_not_count_is_refused_by_no_limit_and_gives_nothing_back(
    limited: Callable[..., Workshop],
) -> None:
    workshop = limited(daily=1, everyone=1)
    await workshop.kick("ada")
    free = replace(workshop.studio, limits=replace(workshop.studio.limits, counted=False), worker=uuid4())
    for event in "ab":
        [job] = await free.order(ADA, prompts.parse("hit"), event_id=event)
        await take(free, job)
    workshop.engine.render = lambda _: b"no sound"
    [job] = await free.order(ADA, prompts.parse("hit"), event_id="c")
    with pytest.raises(errors.BadSound):
        await take(free, job)
    assert set((await workshop.used()).values()) == {1}


async def test_the_count_starts_again_when_the_day_turns(limited: Callable[..., Workshop]) -> None:
    workshop = limited(daily=1)
    await workshop.kick("ada")
    with pytest.raises(errors.QuotaReached):
        await workshop.kick("ada")
    workshop.moment += timedelta(hours=17)
    await workshop.kick("ada")


async def test_a_prompt_without_a_known_word_is_refused_before_anything_is_filed(workshop: Workshop) -> None:
    with pytest.raises(errors.NoKnownWord):
        await workshop.order(ADA, "wobble")
    assert await workshop.database.fetchval("SELECT count(*) FROM kickbot.job") == 0


async def test_where_the_vocabulary_is_unknown_words_pass_through(workshop: Workshop) -> None:
    workshop.engine.words = None
    made = await workshop.kick("ada", "wobble")
    assert made.recipe.matched is None


@pytest.mark.parametrize("failure", [errors.EngineFailed(), errors.EngineRefused(), errors.EngineTimedOut()])
async def test_an_attempt_that_failed_is_given_back(workshop: Workshop, failure: Exception) -> None:
    def fail(_: object) -> bytes:
        raise failure

    workshop.engine.render = fail
    [job] = await workshop.order(ADA)
    with pytest.raises(type(failure)):
        await take(workshop.studio, job)
    assert await workshop.state(job) == "failed"
    assert set((await workshop.used()).values()) == {0}


@pytest.mark.parametrize("audio", [b"", b"nonsense", b"RIFF" + bytes(100), decaying_sine(1)[:2000]])
async def test_a_bad_sound_is_refused_and_the_attempt_given_back(workshop: Workshop, audio: bytes) -> None:
    workshop.engine.render = lambda _: audio
    [job] = await workshop.order(ADA)
    with pytest.raises(errors.BadSound):
        await take(workshop.studio, job)
    assert set((await workshop.used()).values()) == {0}
    assert workshop.files.objects == {}


async def test_an_error_that_nobody_foresaw_gives_the_attempt_back_too(workshop: Workshop) -> None:
    def fail(_: object) -> bytes:
        raise ZeroDivisionError

    workshop.engine.render = fail
    [job] = await workshop.order(ADA)
    with pytest.raises(ZeroDivisionError):
        await take(workshop.studio, job)
    assert await workshop.state(job) == "failed"
    assert set((await workshop.used()).values()) == {0}


async def test_a_file_that_cannot_be_stored_gives_the_attempt_back(workshop: Workshop) -> None:
    workshop.files.broken = True
    [job] = await workshop.order(ADA)
    with pytest.raises(errors.StorageFailed):
        await take(workshop.studio, job)
    assert set((await workshop.used()).values()) == {0}
    assert await workshop.database.fetchval("SELECT count(*) FROM kickbot.trash") == 1


async def test_again_is_refused_while_the_same_askers_job_from_that_card_is_open(workshop: Workshop) -> None:
    made = await workshop.kick("ada")
    studio, request = workshop.studio, prompts.parse("hit house")
    [job] = await studio.order(ADA, request, event_id="a", again_of=made.id)
    with pytest.raises(errors.AlreadyMaking):
        await studio.order(ADA, request, event_id="b", again_of=made.id)
    await studio.order(actor("bob"), request, event_id="c", again_of=made.id)
    await take(studio, job)
    assert await studio.order(ADA, request, event_id="d", again_of=made.id)


async def test_what_the_database_refuses_for_another_reason_is_told_as_no_kick_on_its_way(workshop: Workshop) -> None:
    made = await workshop.kick("ada")
    await workshop.database.execute("CREATE UNIQUE INDEX other ON kickbot.job (account_id)")
    with pytest.raises(asyncpg.UniqueViolationError):
        await workshop.studio.order(ADA, prompts.parse("hit house"), event_id="a", again_of=made.id)


async def test_cancelling_ends_the_job_and_the_engines_call(workshop: Workshop) -> None:
    workshop.engine.with_calls = True
    [job] = await workshop.order(ADA)
    async with aclosing(workshop.studio.make(job)) as steps:
        await anext(steps)
        await workshop.studio.cancel(job, ADA)
        with pytest.raises(errors.Cancelled):
            await anext(steps)
    assert workshop.engine.cancelled == ["call-1"]
    assert await workshop.state(job) == "cancelled"
    assert await workshop.takes.recent(job.account, 10) == []


async def test_nobody_cancels_the_job_of_another(workshop: Workshop) -> None:
    [job] = await workshop.order(ADA)
    await workshop.order(actor("bob"))
    for stranger in (actor("bob"), actor("nobody")):
        with pytest.raises(errors.NotYours):
            await workshop.studio.cancel(job, stranger)
    assert await workshop.state(job) == "queued"


async def test_two_processes_never_choose_one_name_twice(workshop: Workshop) -> None:
    takes = []
    for studio in (workshop.another(Random(5)), workshop.another(Random(5))):
        [job] = await studio.order(ADA, prompts.parse("hit seed:1"), event_id=str(studio.worker))
        takes.append(await take(studio, job))
    assert takes[0].name != takes[1].name


async def test_a_picture_that_cannot_be_stored_leaves_no_sound_behind(workshop: Workshop) -> None:
    workshop.files.slow_sounds = True
    workshop.files.refuse = ".png"
    [job] = await workshop.order(ADA)
    with pytest.raises(errors.StorageFailed):
        await take(workshop.studio, job)
    [path] = workshop.files.objects
    assert await workshop.database.fetchval("SELECT path FROM kickbot.trash") == path
