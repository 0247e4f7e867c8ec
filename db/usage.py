"""How many kicks an account has made in a day.

Accounts that are joined or parted know of one another's kicks. What a row of usage has from another subject is noted
in `kickbot.carried` by its source, and each source only grows: so where two rows meet, the larger number of each
source is what both have made, however often they have met before.
"""

from datetime import date

from db.database import Transaction


def used(account: str, subject: str, day: str) -> str:
    """An SQL expression for it: our own count, or while there is none yet, what the web app counts by its rows.

    The values are placeholders: of the account, of its row of usage and of the day.
    """
    return f"""
    coalesce(
        (SELECT used FROM kickbot.usage WHERE subject = {subject} AND day = {day}), {web_made(account, day)}
    )"""


def web_made(account: str | None, day: str) -> str:
    """An SQL expression for the kicks that the web app itself has made on that day, for the account or for all."""
    whose = "" if account is None else f"k.user_id = {account} AND"
    return f"""(
        SELECT count(*)::int FROM public.kickgen_generatedkick k
        LEFT JOIN kickbot.kick_detail d ON d.kick_id = k.id
        WHERE {whose} k.created_at = {day} AND coalesce(d.web_made, true)
    )"""


async def hold(transaction: Transaction, account: int, subject: str, day: date) -> None:
    """Let nothing be counted for the account until the transaction ends; its row of usage is there from now on."""
    await transaction.execute(HOLD, account, subject, day)


async def carry(transaction: Transaction, account: int, giver: str, taker: str, day: date) -> None:
    """Let the row `taker` know of all that was counted on that day for `giver`, which is the row of that account.

    Nothing counts twice. The row of somebody who left is that of account 0.
    """
    await transaction.execute(CARRY, giver, taker, day, account)


HOLD = f"""
INSERT INTO kickbot.usage AS u (subject, day, used) SELECT $2, $3, {web_made("$1", "$3")}
ON CONFLICT (subject, day) DO UPDATE SET used = u.used
"""

CARRIED = "(SELECT coalesce(sum(used), 0)::int FROM kickbot.carried WHERE subject = {subject} AND day = $3)"

# What a row has counted itself may sink below what others know of it, and below zero: where a kick fails that was
# begun before accounts were joined or parted. The sum is right all the same.
CARRY = f"""
WITH source AS (
    SELECT $1 AS source, {used("$4", "$1", "$3")} - {CARRIED.format(subject="$1")} AS used
    UNION ALL SELECT subject, used - {CARRIED.format(subject="$2")} FROM kickbot.usage WHERE subject = $2 AND day = $3
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
