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
in `kickbot.carried` by its source, and each source only grows: so where two rows meet, the larger number of each
source is what both have made, however often they have met before.
"""

from datetime import date

from core.jobs import account_subject
from db.postgres.database import Transaction


def used(subject: str, day: str) -> str:
    """An SQL expression for it, the web app's kicks that are yet to be seen included.

    The values are placeholders: of the row of usage and of the day.
    """
    return f"""
    (SELECT coalesce(sum(used), 0)::int FROM kickbot.usage WHERE subject = {subject} AND day = {day})
    + (kickbot.unseen_web_kicks({subject}, {day})).kicks
    """


async def hold(transaction: Transaction, account: int, day: date) -> None:
    """Let nothing be counted for the account until the transaction ends; its row of usage is there and true by now."""
    await transaction.execute("SELECT kickbot.hold_usage($1, $2)", account_subject(account), day)


async def carry(transaction: Transaction, giver: str, taker: str, day: date) -> None:
    """Let the row `taker` know of all that was counted on that day in the row `giver`; nothing counts twice.

    Rows of accounts are held, but for those of new ones.
    """
    await transaction.execute(CARRY, giver, taker, day)


CARRIED = "(SELECT coalesce(sum(used), 0)::int FROM kickbot.carried WHERE subject = u.subject AND day = $3)"

# What a row has counted itself may sink below what others know of it, and below zero: where a kick fails that was
# begun before accounts were joined or parted. The sum is right all the same.
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
