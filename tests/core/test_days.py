"""The counted day turns at midnight, UTC-5."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from core import days


def test_turns_at_five_utc() -> None:
    before, after = datetime(2026, 3, 1, 4, 59, 59, tzinfo=UTC), datetime(2026, 3, 1, 5, tzinfo=UTC)
    assert days.day(before) == date(2026, 2, 28)
    assert days.day(after) == date(2026, 3, 1)
    assert days.turns(before) == after
    assert f"{days.turns(after):%H:%M}" == "05:00"


@given(st.datetimes(datetime(2020, 1, 1), datetime(2100, 1, 1)))  # noqa: DTZ001
def test_the_turn_is_the_first_moment_of_the_next_day(naive: datetime) -> None:
    moment = naive.replace(tzinfo=UTC)
    turn = days.turns(moment)
    assert timedelta() < turn - moment <= timedelta(days=1)
    assert days.day(turn) == days.day(moment) + timedelta(days=1)
    assert days.day(turn - timedelta(microseconds=1)) == days.day(moment)
