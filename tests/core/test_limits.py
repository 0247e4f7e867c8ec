"""Limits, whatever happens in whatever order: held against a plain count."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core import days, errors
from core.engine import Order
from tests.core.conftest import Workshop, take
from tests.core.people import actor
from tests.db.filling import Filling
from tests.fakes.engine import decaying_sine

DAILY, EVERYONE = 2, 3

# From the beginning of the day by UTC, whose first five hours are the last ones of a day as we count.
LATER = {"tonight": timedelta(days=1, hours=2), "tomorrow": timedelta(days=1, hours=12)}

STEPS = st.lists(
    st.sampled_from(["ada", "bob", "ada fails", "bob fails", "cem", "ada's web", "bob's web", "tonight", "tomorrow"]),
    max_size=12,
)


@dataclass(frozen=True)
class WebKick:
    """A kick of the web app."""

    name: str
    dated: date


class Plain:
    """What the limits say, counted on fingers. Each counter has seen each kick of the web app once."""

    def __init__(self) -> None:
        self.made: Counter[str] = Counter()
        self.unseen: dict[str, list[WebKick]] = {}

    def web(self, name: str, dated: date) -> None:
        """Somebody makes one in the web app."""
        for subject in (name, "all"):
            self.unseen.setdefault(subject, []).append(WebKick(name, dated))

    def look(self, subject: str, today: date) -> int:
        """What is counted there today."""
        self.made[subject] += sum(kick.dated >= today for kick in self.unseen.pop(subject, []))
        return self.made[subject]

    def refusal(self, name: str, today: date) -> type[errors.KickbotError] | None:
        """How one more kick of that person is refused, None where it is not."""
        if self.look(name, today) >= DAILY:
            return errors.QuotaReached
        return errors.GlobalQuotaReached if self.look("all", today) >= EVERYONE else None


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
async def test_limits_hold_in_any_order(limited_by_two_and_three: Workshop, steps: list[str]) -> None:
    workshop = limited_by_two_and_three
    await workshop.database.execute("TRUNCATE kickbot.usage CASCADE; TRUNCATE kickgen_generatedkick CASCADE")
    plain = Plain()
    for step in steps:
        name, _, fails = step.partition(" ")
        if later := LATER.get(step):
            before, workshop.moment = days.day(workshop.moment), workshop.moment.replace(hour=0) + later
            if days.day(workshop.moment) != before:
                plain.made.clear()
            continue
        if name.endswith("'s"):
            name = name.removesuffix("'s")
            plain.web(name, workshop.moment.date())
            account = await workshop.people.enrol(actor(name).person)
            await Filling(workshop.database).kick(account, f"AI: {uuid4().hex[:8]}", day=workshop.moment.date())
            continue
        workshop.engine.render = no_sound if fails else sound
        refusal = plain.refusal(name, days.day(workshop.moment))
        assert await outcome(workshop, name) == (refusal or (errors.BadSound if fails else None)), (step, steps)
        if refusal is None and not fails:
            plain.made.update((name, "all"))


async def outcome(workshop: Workshop, name: str) -> type[Exception] | None:
    """How one kick of somebody ends: with the class of its error, None where it is made."""
    [job] = await workshop.order(actor(name))
    try:
        await take(workshop.studio, job)
    except errors.KickbotError as error:
        return type(error)
    return None


def sound(_: Order) -> bytes:
    """A kick."""
    return decaying_sine(1)


def no_sound(_: Order) -> bytes:
    """Nothing that could be played."""
    return b"no sound"
