"""One line in the log for each kick, with which an operator can answer what became of it."""

import asyncio
import logging
import re

import pytest

from bots.chat.delivery import Delivery
from bots.chat.messenger import Refused
from core import errors
from core.answers.cards import Card
from core.engine import Order
from core.kicks import Take
from core.making import prompts
from core.making.studio import Studio
from core.people import Actor, Person, Place
from gpu.engines.fallback import FallbackEngine
from tests.bots.chat.test_delivery import delivery
from tests.core.conftest import Workshop
from tests.core.people import actor
from tests.fakes.engine import FakeEngine
from tests.fakes.messenger import FakeMessenger

SECONDS = r" after \d+\.\d s"


@pytest.fixture(autouse=True)
def _told(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)


def lines(caplog: pytest.LogCaptureFixture) -> list[str]:
    """What the log says of kicks, without their numbers and seconds."""
    told = [record.getMessage() for record in caplog.records if record.name == "bots.chat.kick_log"]
    assert all(re.fullmatch(rf"kick \d+ on .*{SECONDS}", line) for line in told)
    return [re.sub(rf"^kick \d+ |{SECONDS}$", "", line) for line in told]


async def test_what_is_shown(workshop: Workshop, caplog: pytest.LogCaptureFixture) -> None:
    [job] = await workshop.order(actor("ada"), "hit house secret-word")
    await delivery(workshop, FakeMessenger())(job)
    assert lines(caplog) == ["on discord in server/general by fake: shown"]
    assert f"kick {job.id} on" in caplog.text
    for typed in ("house", "secret", "ada"):
        assert typed not in caplog.text


async def test_several_and_a_private_one(workshop: Workshop, caplog: pytest.LogCaptureFixture) -> None:
    place = Place("test-bot", "slack", id="", channel="D-ada", private=True)
    ada = Actor(Person("slack", "T1", "U1", "ada"), place)
    for job in await workshop.order(ada, "hit house count:3"):
        await delivery(workshop, FakeMessenger())(job)
    assert lines(caplog) == ["on slack in a private conversation by fake: shown"] * 3


async def test_what_was_not_made(workshop: Workshop, caplog: pytest.LogCaptureFixture) -> None:
    def refuse(order: Order) -> bytes:
        raise errors.EngineRefused

    def fail(order: Order) -> bytes:
        raise ZeroDivisionError

    for render in (refuse, fail):
        workshop.engine.render = render
        [job] = await workshop.order(actor("ada"))
        await delivery(workshop, FakeMessenger())(job)
    assert [line.partition(": ")[2] for line in lines(caplog)] == ["not made (EngineRefused)", "not made (Unexpected)"]


async def test_what_was_made_and_not_shown(workshop: Workshop, caplog: pytest.LogCaptureFixture) -> None:
    async def unreadable(take: Take, maker: str) -> Card:
        raise errors.DatabaseUnavailable

    [job] = await workshop.order(actor("ada"))
    await delivery(workshop, FakeMessenger(shown=Refused.FORBIDDEN, reaches=False))(job)
    [job] = await workshop.order(actor("ada"))
    await Delivery(workshop.studio, unreadable, FakeMessenger())(job)
    outcomes = [line.partition(": ")[2] for line in lines(caplog)]
    assert outcomes == ["made and not shown", "made and not shown (DatabaseUnavailable)"]


async def test_what_others_go_on_with(workshop: Workshop, caplog: pytest.LogCaptureFixture) -> None:
    workshop.engine.with_calls = True
    workshop.engine.before_answer = workshop.end_lease_and_take_over
    [job] = await workshop.order(actor("ada"))
    await delivery(workshop, FakeMessenger())(job)

    async def never() -> None:
        await asyncio.Event().wait()

    workshop.engine.before_answer = never
    [job] = await workshop.order(actor("ada"))
    ending = asyncio.create_task(delivery(workshop, FakeMessenger())(job))
    await asyncio.sleep(0.1)
    ending.cancel()
    await asyncio.wait({ending})
    outcomes = [line.partition(": ")[2] for line in lines(caplog)]
    assert outcomes == ["left to another process", "left to the next process"]


class Refusing(FakeEngine):
    """Takes no orders."""

    async def submit(self, order: Order) -> str | None:
        raise errors.EngineRefused


async def test_the_engine_that_made_it_is_named(workshop: Workshop, caplog: pytest.LogCaptureFixture) -> None:
    engine = FallbackEngine(Refusing("far"), FakeEngine("near"))
    studio = Studio(engine, workshop.files, workshop.jobs, workshop.people)
    for words in ("hit house", "deep house"):
        [job] = await studio.order(actor("ada"), prompts.parse(words), event_id=words)
        await delivery(workshop, FakeMessenger(), studio)(job)
    assert lines(caplog) == ["on discord in server/general by near: shown"] * 2
