"""Sentences that users read."""

import pytest

from core import errors


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (errors.QuotaReached(limit=1, again="05:00", kept=1), "made 1 kick today; the count"),
        (errors.QuotaReached(limit=10, again="05:00", kept=1), "made 10 kicks today; the count"),
        (errors.QuotaReached(limit=10, again="05:00", kept=1), "is safe: 1 kick."),
        (errors.PlaceQuotaReached(limit=1, again="05:00"), "made 1 kick here today"),
        (errors.MigrationsPending(count=1), "is 1 migration behind"),
        (errors.MigrationsPending(count=2), "is 2 migrations behind"),
        (errors.EngineBusy(waiting=1), "queue of 1 kick already"),
        (errors.LibraryFull(kept=1, limit=1, could_go="x"), "holds 1 kick, and 1 is the most"),
        (errors.TooManyAttempts(attempts=1), "in 1 attempt and"),
        (errors.BadOption(option="seed", value="x", low=0, high=9), '"seed:x" does not work: seed is a whole number'),
    ],
)
def test_one_is_no_plural(error: errors.KickbotError, said: str) -> None:
    assert said in str(error)
