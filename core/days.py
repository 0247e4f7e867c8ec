"""The day by which kicks are counted: it turns at midnight, UTC-5, as in the web app."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone

Clock = Callable[[], datetime]

COUNTED_IN = timezone(timedelta(hours=-5))


def now() -> datetime:
    """The time in UTC."""
    return datetime.now(UTC)


def day(moment: datetime) -> date:
    """The counted day that `moment` belongs to."""
    return moment.astimezone(COUNTED_IN).date()


def turns(moment: datetime) -> datetime:
    """When the counted day of `moment` ends, in UTC."""
    tomorrow = day(moment) + timedelta(days=1)
    return datetime(tomorrow.year, tomorrow.month, tomorrow.day, tzinfo=COUNTED_IN).astimezone(UTC)
