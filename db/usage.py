"""How many kicks an account has made in a day.

A kick that the web app makes counts once, for its account and for all together, on the day on which a row of usage
first sees it: each row keeps the newest id that its subject has seen. So it does not matter in which order somebody
makes kicks in chat and in the web app. Where the rows of earlier days are gone the dates decide alone, and rightly so:
only what the web app made on the last evening has the date of a later day, and the row of that day is still there.

The web app itself counts otherwise, which nothing of ours can mend. It counts its rows by their date: so it gives an
attempt back when a kick is deleted there, lets two pass that are asked for at once, counts what is made between 00:00
and 05:00 UTC on two days, and of what is made in chat only what was saved. Who has made ten kicks in chat can make ten
more there. Of its kicks we miss those that were deleted before we saw them, and one that was written later than another
with a newer id that we had seen by then.

Accounts that are joined or parted know of one another's kicks. What a row of usage has from another subject is noted
in `kickbot.carried` by its source, the account that a kick was first counted for. Who has a source's kicks from it, or
from another that has, knows those that it had made by then: of two rows that meet, the one with the larger number knows
all that the other does, and the larger number of each source is what both have made, however often they have met
before. It stays so where a kick fails, because every row that knows of it gives it back: an open job names its source,
and in `charged` all such rows. Whoever carries a count holds those jobs first, and names the row that is told of them.
A kick that was cancelled, or whose job was deleted with an account, stays counted for all who know of it.
"""

from datetime import date

from core.jobs import account_subject
from db.postgres.database import Transaction


async def today(transaction: Transaction) -> date:
    """The counted day by the database's clock."""
    day: date = await transaction.fetchval(f"SELECT {TODAY}")
    return day


def used(subject: str, day: str) -> str:
    """An SQL expression for it, the web app's kicks that are yet to be seen included.

    The values are placeholders: of the row of usage and of the day.
    """
    return f"""
    (SELECT coalesce(sum(used), 0)::int FROM kickbot.usage WHERE subject = {subject} AND day = {day})
    + (kickbot.unseen_web_kicks({subject}, {day})).kicks
    """


def knows(subject: str) -> str:
    """An SQL condition on jobs: open, and counted in that row of usage; the value is a placeholder."""
    return f"(state = 'running' AND {subject} = ANY(charged))"


async def hold_jobs(transaction: Transaction, account: int) -> None:
    """Let no job of the account begin, and none that its row of usage knows of end, until the transaction ends."""
    await transaction.execute(HOLD_JOBS, account, account_subject(account))


async def hold(transaction: Transaction, account: int, day: date) -> None:
    """Let nothing be counted for the account until the transaction ends; its row of usage is there and true by now."""
    await transaction.execute("SELECT kickbot.hold_usage($1, $2)", account_subject(account), day)


async def carry(transaction: Transaction, giver: str, taker: str, day: date) -> None:
    """Let the row `taker` know of all that was counted on that day in the row `giver`; nothing counts twice.

    Rows of accounts are held, but for those of new ones, and before them the jobs of the giver and those it knows of.
    """
    await transaction.execute(CARRY, giver, taker, day)
    await transaction.execute(TELL, giver, taker, day)


# See `core.days`.
TODAY = "(now() AT TIME ZONE 'UTC' - interval '5 hours')::date"

CARRIED = "(SELECT coalesce(sum(used), 0)::int FROM kickbot.carried WHERE subject = u.subject AND day = $3)"

# Nothing counted is nothing to keep: no row is made for it.
CARRY = f"""
WITH source AS (
    SELECT subject AS source, used - {CARRIED} AS used FROM kickbot.usage u WHERE subject IN ($1, $2) AND day = $3
    UNION ALL SELECT source, used FROM kickbot.carried WHERE subject IN ($1, $2) AND day = $3
), met AS (
    SELECT source, max(used) AS used FROM source GROUP BY source
), counted AS (
    INSERT INTO kickbot.usage (subject, day, used) SELECT $2, $3, sum(used) FROM met HAVING sum(used) > 0
    ON CONFLICT (subject, day) DO UPDATE SET used = excluded.used
    RETURNING subject
)
INSERT INTO kickbot.carried (subject, day, source, used)
SELECT subject, $3, source, used FROM met, counted WHERE source <> subject AND used <> 0
ON CONFLICT (subject, day, source) DO UPDATE SET used = excluded.used
"""

TELL = f"""
UPDATE kickbot.job SET charged = $2::text || charged
WHERE {knows("$1")} AND charged_on = $3 AND NOT $2 = ANY(charged)
"""

HOLD_JOBS = f"""
SELECT FROM kickbot.job WHERE account_id = $1 OR {knows("$2")} ORDER BY id FOR NO KEY UPDATE
"""
