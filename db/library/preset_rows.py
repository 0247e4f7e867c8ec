"""Rows of presets as one account sees them in a place, made into values."""

from datetime import UTC, datetime, timedelta

import asyncpg

from core.library.browsing import Listed
from db import kick_rows

OPERATOR = "KickWithReverb"
"""What the maker of presets is called that everybody sees: the web app."""

SOMEBODY = "somebody"
"""What a maker is called whom nobody in the place can know; names are told only where they belong."""

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

SAVED = f"{kick_rows.in_library(kick_rows.ORIGIN)} AS saved"

# The first values of every query that uses these are those of `sounds.guest`.
LISTED = f"""
{kick_rows.PRESET}, {kick_rows.KICK}, {SAVED}, p.user_id = $1 AS mine, p.created_at AS key, p.id AS entry,
here.id IS NOT NULL AS shared, coalesce(here.saves, (
    SELECT count(*) FROM kickbot.saved o WHERE o.origin = {kick_rows.ORIGIN} AND o.account_id <> p.user_id
)) AS saves,
CASE WHEN p.is_shared THEN '{OPERATOR}' ELSE coalesce(here.maker, (
    SELECT i.display_name FROM kickbot.identity i
    WHERE i.account_id = p.user_id AND (p.user_id = $1 OR (i.platform = $2 AND i.realm IN ('', $3)))
    ORDER BY i.platform <> $2, i.realm NOT IN ('', $3), i.id LIMIT 1
), '{SOMEBODY}') END AS maker
"""

PRESETS = f"""
public.presets_preset p
LEFT JOIN kickbot.share here ON here.preset_id = p.id AND here.platform = $2 AND here.place = $3
{kick_rows.KICK_OF_PRESET}
"""


def listed(row: asyncpg.Record) -> Listed:
    """A row with the columns `LISTED`; `key` is a time or a count."""
    return Listed(
        preset=kick_rows.preset(row),
        maker=row["maker"],
        saves=row["saves"],
        mine=row["mine"],
        saved=row["saved"],
        shared=row["shared"],
        key=number(row["key"]),
        entry=row["entry"],
    )


def number(key: datetime | int) -> int:
    """What a list is ordered by, as a cursor holds it: a time in microseconds."""
    return (key - EPOCH) // timedelta(microseconds=1) if isinstance(key, datetime) else key


def time(number: int) -> datetime:
    """The time that a cursor holds, the last one there is for what is beyond all times."""
    return EPOCH + timedelta(microseconds=min(number, 2**57))
