"""Limits, whatever happens in whatever order: held against a plain count."""

from collections import Counter
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core import errors
from core.engine import Order
from tests.core.conftest import Workshop, take
from tests.core.people import actor
from tests.fakes.engine import decaying_sine

DAILY, EVERYONE = 2, 3

STEPS = st.lists(st.sampled_from(["ada", "bob", "ada fails", "bob fails", "cem", "tomorrow"]), max_size=10)


class Plain:
    """What the limits say, counted on fingers."""

    def __init__(self) -> None:
        self.made: Counter[str] = Counter()

    def refusal(self, name: str) -> type[errors.KickbotError] | None:
        """How one more kick of that person is refused, None where it is not."""
        if self.made[name] >= DAILY:
            return errors.QuotaReached
        return errors.GlobalQuotaReached if self.made.total() >= EVERYONE else None


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
async def test_limits_hold_in_any_order(limited_by_two_and_three: Workshop, steps: list[str]) -> None:
    workshop = limited_by_two_and_three
    await workshop.database.execute("TRUNCATE kickbot.usage CASCADE")
    plain = Plain()
    for step in steps:
        name, _, fails = step.partition(" ")
        if name == "tomorrow":
            workshop.moment += timedelta(days=1)
            plain = Plain()
            continue
        workshop.engine.render = no_sound if fails else sound
        refusal = plain.refusal(name)
        assert await outcome(workshop, name) == (refusal or (errors.BadSound if fails else None)), (step, steps)
        plain.made[name] += refusal is None and not fails


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
