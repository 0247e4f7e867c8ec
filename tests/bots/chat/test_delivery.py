"""A job's way to its card, on a platform that shows, refuses or is out of order."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field, replace

import pytest

from bots.chat.delivery import Delivery
from bots.chat.messenger import Done, Outcome, Refused
from core import errors
from core.answers import cards
from core.answers.cards import Card
from core.engine import Order
from core.jobs import Job
from core.kicks import Take
from core.making.studio import Studio
from core.people import Place
from db.postgres import pool
from db.postgres.database import Database
from tests import cutting
from tests.bots.discord.engines import SlowEngine
from tests.core.conftest import Workshop
from tests.core.people import actor
from tests.cutting import Cuts
from tests.fakes.messenger import FakeMessenger

ADA = actor("ada")


def delivery(workshop: Workshop, messenger: FakeMessenger, studio: Studio | None = None) -> Delivery:
    async def card(take: Take, maker: str) -> Card:
        return cards.of_take(take, maker, workshop.files)

    return Delivery(studio or workshop.studio, card, messenger, every=0.01)


async def messages(workshop: Workshop) -> list[str]:
    """The messages that are known to show a kick."""
    rows = await workshop.database.fetch("SELECT message FROM kickbot.message ORDER BY message")
    return [row["message"] for row in rows]


async def ordered(workshop: Workshop) -> Job:
    [job] = await workshop.order(ADA)
    return job


async def test_a_kick_is_placed_shown_invited_to_and_completed(workshop: Workshop) -> None:
    messenger = FakeMessenger(completed="file-1")
    job = await ordered(workshop)
    assert await delivery(workshop, messenger)(job)
    assert messenger.names == ["place", "show", "invite", "complete"]
    assert messenger.told("place") == "🥁 hit house is on its way"
    assert messenger.told("show") == "placeholder-1"
    assert messenger.told("invite") == messenger.told("complete") == "message-1"
    assert await messages(workshop) == ["file-1", "message-1", "sound-1"]
    assert await workshop.state(job) == "done"


async def test_a_place_that_shows_no_messages_is_not_invited_in(workshop: Workshop) -> None:
    messenger = FakeMessenger(shown=Done())
    job = await ordered(workshop)
    assert await delivery(workshop, messenger)(job)
    assert messenger.names == ["place", "show"]
    assert await messages(workshop) == []
    assert await workshop.state(job) == "done"


async def test_a_placeholder_that_is_there_is_not_posted_again(workshop: Workshop) -> None:
    """In the same process, and in the one that takes the job over, however far it was."""
    for state in ("queued", "made"):
        messenger = FakeMessenger()
        job = await ordered(workshop)
        if state == "made":
            async for _ in workshop.studio.make(job):
                pass
        await workshop.database.execute("UPDATE kickbot.job SET placeholder = 'p-9' WHERE id = $1", job.id)
        await workshop.end_leases()
        [job] = await workshop.studio.take_over("test-bot")
        assert job.state == state
        assert await delivery(workshop, messenger)(job)
        assert messenger.names == ["show", "invite", "complete"]
        assert messenger.told("show") == "p-9"


async def test_a_job_that_has_begun_is_not_announced_again(workshop: Workshop) -> None:
    job = await ordered(workshop)
    async for _ in workshop.studio.make(job):
        pass
    await workshop.end_leases()
    [job] = await workshop.studio.take_over("test-bot")
    messenger = FakeMessenger()
    assert await delivery(workshop, messenger)(job)
    assert messenger.names == ["show", "invite", "complete"]


async def test_a_placeholder_that_cannot_be_posted_is_done_without(workshop: Workshop) -> None:
    messenger = FakeMessenger(placed=Refused.LATER)
    assert await delivery(workshop, messenger)(await ordered(workshop))
    assert messenger.told("show") == ""


async def test_a_message_that_was_removed_meanwhile_is_not_posted_again(workshop: Workshop) -> None:
    messenger = FakeMessenger(shown=Refused.GONE)
    job = await ordered(workshop)
    assert await delivery(workshop, messenger)(job)
    assert messenger.names == ["place", "show", "tell"]
    told = messenger.told("tell")
    assert told.startswith("removed: The message was removed while your kick was made. AI: ")
    assert "memory:" in told, "the link of the sound"
    assert await workshop.state(job) == "done"


async def test_what_may_not_be_shown_there_is_handed_to_the_asker(workshop: Workshop) -> None:
    messenger = FakeMessenger(shown=Refused.FORBIDDEN)
    job = await ordered(workshop)
    assert await delivery(workshop, messenger)(job)
    assert messenger.names == ["place", "show", "hand", "remove"], "nothing is left that says it is on its way"
    assert await workshop.state(job) == "done"
    assert await messages(workshop) == []


@pytest.mark.parametrize(
    ("shown", "reaches", "state", "asked_for"),
    [
        (Refused.LATER, False, "made", ["place", "show"]),  # shown later, by whoever takes it over
        (Refused.LATER, True, "made", ["place", "show"]),
        (Refused.FORBIDDEN, False, "done", ["place", "show", "hand", "tell", "remove"]),  # would be refused again
        (Refused.GONE, False, "done", ["place", "show", "tell"]),
    ],
)
async def test_only_what_may_be_shown_later_is_left_for_later(
    workshop: Workshop, shown: Outcome, reaches: bool, state: str, asked_for: list[str]
) -> None:
    job = await ordered(workshop)
    messenger = FakeMessenger(shown=shown, reaches=reaches)
    assert not await delivery(workshop, messenger)(job)
    assert messenger.names == asked_for
    assert await workshop.state(job) == state


async def test_what_could_not_be_shown_at_the_last_attempt_either_is_handed_to_the_asker(workshop: Workshop) -> None:
    messenger = FakeMessenger(shown=Refused.LATER)
    job = replace(await ordered(workshop), attempts=workshop.studio.limits.attempts)
    assert await delivery(workshop, messenger)(job)
    assert messenger.names == ["place", "show", "hand", "remove"]
    assert await workshop.state(job) == "done"


async def test_an_error_is_told_and_the_placeholder_taken_away(workshop: Workshop) -> None:
    def refuse(order: Order) -> bytes:
        raise errors.EngineRefused

    workshop.engine.render = refuse
    messenger = FakeMessenger()
    job = await ordered(workshop)
    assert not await delivery(workshop, messenger)(job)
    assert messenger.names == ["place", "tell", "remove"]
    assert messenger.told("tell") == f"EngineRefused: {errors.EngineRefused()}"
    assert messenger.told("remove") == "placeholder-1"
    assert await workshop.state(job) == "failed"


async def test_an_error_after_the_kick_was_made_says_where_it_is(workshop: Workshop) -> None:
    async def unreadable(take: Take, maker: str) -> Card:
        raise errors.DatabaseUnavailable

    messenger = FakeMessenger()
    job = await ordered(workshop)
    assert not await Delivery(workshop.studio, unreadable, messenger)(job)
    assert messenger.names == ["place", "tell", "remove"]
    told = messenger.told("tell")
    assert told.startswith("DatabaseUnavailable: ")
    assert "is kept: you find it with" in told
    assert "memory:" in told
    assert await workshop.state(job) == "done", "it is told where it is, and not shown by somebody else"


async def test_a_job_that_another_process_has_taken_is_left_to_it(workshop: Workshop) -> None:
    workshop.engine.with_calls = True
    workshop.engine.before_answer = workshop.end_lease_and_take_over
    messenger = FakeMessenger()
    assert not await delivery(workshop, messenger)(await ordered(workshop))
    assert messenger.names == ["place"], "nobody is told and nothing is taken away"


async def test_that_it_was_shown_may_not_be_noted(workshop: Workshop) -> None:
    """The database is away for longer than it is waited for; the asker has the kick all the same."""

    class Forgetful(Studio):
        async def delivered(self, job: Job, *messages: str | None, patient: bool = False) -> None:
            raise errors.DatabaseUnavailable

    workshop.studio = Forgetful(workshop.engine, workshop.files, workshop.jobs, workshop.people)
    messenger = FakeMessenger()
    job = await ordered(workshop)
    assert await delivery(workshop, messenger)(job)
    assert messenger.names == ["place", "show", "invite", "complete"]
    assert await workshop.state(job) == "made", "whoever takes it over may show it again"


class Rash(FakeMessenger):
    """A platform on which something unexpected happens behind the card."""

    async def invite(self, place: Place, message: str) -> None:
        raise RuntimeError(message)


async def test_what_goes_wrong_behind_a_card_that_is_shown_takes_nothing_back(workshop: Workshop) -> None:
    messenger = Rash()
    job = await ordered(workshop)
    assert await delivery(workshop, messenger)(job)
    assert messenger.names == ["place", "show"]
    assert await workshop.state(job) == "done"


@dataclass
class Meanwhile(FakeMessenger):
    """A platform that has told somebody something when `happens` does."""

    happens: Callable[[], Awaitable[None]] | None = None

    async def tell(self, job: Job, kind: str, text: str) -> bool:
        told = await super().tell(job, kind, text)
        if self.happens is not None:
            await self.happens()
        return told


@pytest.fixture
async def line(target: pool.Target) -> AsyncIterator[tuple[Workshop, Cuts]]:
    """A workshop behind a line that may be cut."""
    async with cutting.relayed(target) as (through, cuts), pool.open_pool(through) as connections:
        yield Workshop(Database(connections)), cuts


@pytest.mark.parametrize("reaches", [True, False])
async def test_several_kicks_are_refused_once_and_again_only_where_nobody_could_be_told(
    workshop: Workshop, reaches: bool
) -> None:
    def fail(order: Order) -> bytes:
        raise errors.EngineFailed

    workshop.engine.render = fail
    messenger = FakeMessenger(reaches=reaches)
    deliver = delivery(workshop, messenger)
    for job in await workshop.order(ADA, "hit house count:3"):
        assert not await deliver(job)
    assert messenger.names.count("tell") == (1 if reaches else 3)
    assert messenger.names.count("remove") == 3


async def test_who_waits_for_the_database_is_told_not_to_ask_again_and_keeps_the_placeholder(
    line: tuple[Workshop, Cuts],
) -> None:
    """Whoever goes on with it when the database is back finds that."""
    workshop, cuts = line
    job = await ordered(workshop)

    async def back() -> None:
        cuts.away = False

    messenger = Meanwhile(happens=back)
    cuts.questions("kickbot.start_job", leaving=True)
    assert not await delivery(workshop, messenger)(job)
    assert messenger.names == ["place", "tell"]
    assert "without being asked for again" in messenger.told("tell")
    await workshop.end_leases()
    [left] = await workshop.studio.take_over("test-bot")
    assert left.address.placeholder == "placeholder-1"
    later = FakeMessenger()
    assert await delivery(workshop, later)(left)
    assert later.names == ["show", "invite", "complete"]


async def test_a_placeholder_of_which_nobody_knows_is_taken_away(
    line: tuple[Workshop, Cuts], database: Database
) -> None:
    """Another process was the first to find the job when the database was back, and has posted one of its own."""
    workshop, cuts = line
    job = await ordered(workshop)

    async def another() -> None:
        await database.execute("UPDATE kickbot.job SET worker = gen_random_uuid(), placeholder = 'p-9'")
        cuts.away = False

    messenger = Meanwhile(happens=another)
    cuts.questions("kickbot.start_job", leaving=True)
    assert not await delivery(workshop, messenger)(job)
    assert messenger.names == ["place", "tell", "remove"]
    assert messenger.told("remove") == "placeholder-1"
    assert await database.fetchval("SELECT placeholder FROM kickbot.job") == "p-9"


async def test_who_was_promised_a_kick_that_had_failed_is_told_so(line: tuple[Workshop, Cuts]) -> None:
    """The job was ended by a statement of which no answer came."""
    workshop, cuts = line
    job = await ordered(workshop)

    def fail(order: Order) -> bytes:
        cuts.answers("kickbot.fail_job", 4)
        raise errors.EngineFailed

    workshop.engine.render = fail
    messenger = FakeMessenger()
    assert not await delivery(workshop, messenger)(job)
    assert messenger.names == ["place", "tell", "tell", "remove"]
    [delayed, failed] = [text for name, text in messenger.done if name == "tell"]
    assert delayed.startswith("Delayed: ")
    assert failed.startswith("DatabaseUnavailable: ")
    assert await workshop.state(job) == "failed"


async def test_a_terminal_waits_for_no_database(line: tuple[Workshop, Cuts]) -> None:
    workshop, cuts = line
    job = await ordered(workshop)
    cuts.questions("kickbot.start_job", leaving=True)
    messenger = FakeMessenger()
    assert not await replace(delivery(workshop, messenger), patient=False)(job)
    assert messenger.names == ["place", "tell"]


@dataclass
class Tardy(FakeMessenger):
    """A platform to which a line of progress comes only when it is let through."""

    through: asyncio.Event = field(default_factory=asyncio.Event)

    async def progress(self, job: Job, text: str) -> None:
        await super().progress(job, text)
        await self.through.wait()

    async def invite(self, place: Place, message: str) -> None:
        await super().invite(place, message)
        asyncio.get_running_loop().call_later(0.05, self.through.set)


async def test_a_line_of_progress_that_comes_after_the_card_does_not_stay_over_it(workshop: Workshop) -> None:
    messenger = Tardy()
    studio = replace(workshop.studio, engine=SlowEngine(timing=0.05))
    job = await ordered(workshop)
    with studio.holding(job):
        assert await delivery(workshop, messenger, studio)(job)
    assert messenger.names == ["place", "show", "invite", "complete", "show"]
    assert await workshop.state(job) == "done"


async def test_who_may_have_lost_the_lease_tells_no_progress(workshop: Workshop) -> None:
    """Another process may have shown the card by now, over which the line would stand."""
    messenger = FakeMessenger()
    studio = replace(workshop.studio, engine=SlowEngine(timing=0.05))
    job = await ordered(workshop)
    assert not studio.surely_holds(job)
    assert await delivery(workshop, messenger, studio)(job)
    assert not messenger.asked.is_set()
