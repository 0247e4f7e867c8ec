"""An account is forgotten, in the transaction of the caller, who holds it and its identities as for a merge.

Files go by way of the trash: what is killed before they are removed leaves that to the next sweep.
"""

from dataclasses import dataclass

import asyncpg

from core.jobs import account_subject
from core.stores.accounts import Gone
from db import locks, messages, removals, usage
from db.accounts import notifications, users
from db.accounts.merging import RENDERS_END
from db.postgres.database import Transaction


@dataclass(frozen=True, slots=True)
class Forgetting:
    """What is kept of `account` goes. `leavers` are rows of usage for today's count of those who leave."""

    transaction: Transaction
    account: int
    leavers: list[str]

    async def chat(self) -> Gone:
        """Delete all but kicks, presets, today's count and the user."""
        run, account, today = self.transaction.execute, self.account, await usage.today(self.transaction)
        await run(HOLD_JOBS, account, account_subject(account))
        await locks.library(self.transaction, account, account)
        await usage.hold(self.transaction, account, today)
        for leaver in self.leavers:
            await usage.carry(self.transaction, account_subject(account), leaver, today)
        await run(THROW_RENDERS, account, RENDERS_END)
        await run(DELETE_JOBS, account)
        thrown = await self.transaction.fetch(THROW_TAKES, account)
        posted = await self.transaction.fetch(removals.noted(DELETE_MESSAGES), account)
        await run("DELETE FROM kickbot.take WHERE account_id = $1", account)
        await run("DELETE FROM kickbot.share WHERE account_id = $1 AND platform <> 'operator'", account)
        await notifications.drop(self.transaction, account)
        await run("DELETE FROM kickbot.identity WHERE account_id = $1", account)
        await run("DELETE FROM kickbot.usage WHERE subject = $1 AND day <> $2", account_subject(account), today)
        return Gone(messages.posted(posted), _paths(thrown), ())

    async def rest(self) -> tuple[str, ...]:
        """Delete what `chat` leaves, but for what operators show to everybody: that stays with somebody unknown.

        The paths of the files that are thrown away.
        """
        run, account = self.transaction.execute, self.account
        await run("DELETE FROM public.presets_preset WHERE user_id = $1 AND NOT is_shared", account)
        await run("DELETE FROM kickbot.saved WHERE account_id = $1", account)
        thrown = await self.transaction.fetch(DELETE_KICKS, account)
        await run("DELETE FROM kickbot.usage WHERE subject = $1", account_subject(account))
        await users.remove(self.transaction, account)
        return _paths(thrown)


def _paths(thrown: list[asyncpg.Record]) -> tuple[str, ...]:
    return tuple(row["path"] for row in thrown)


# Who has left the account may have jobs in it, and the other way round.
JOBS = """
account_id = $1 OR identity_id IN (SELECT id FROM kickbot.identity WHERE account_id = $1)
"""

MESSAGES = messages.showing(take="t.account_id = $1", kick="k.user_id = $1", preset="p.user_id = $1")

HOLD_JOBS = f"SELECT FROM kickbot.job WHERE {JOBS} OR {usage.knows('$2')} ORDER BY id FOR NO KEY UPDATE"

THROW_RENDERS = f"""
INSERT INTO kickbot.trash (path, due)
SELECT account_id || '/' || object || '.wav', now() + $2::interval FROM kickbot.job
WHERE ({JOBS}) AND state = 'running' AND object IS NOT NULL
ON CONFLICT DO NOTHING
"""

DELETE_JOBS = f"DELETE FROM kickbot.job WHERE {JOBS}"

THROW_TAKES = """
INSERT INTO kickbot.trash AS t (path, due)
SELECT path, now() FROM kickbot.take WHERE account_id = $1 AND NOT EXISTS (
    SELECT FROM public.kickgen_generatedkick k WHERE k.user_id = $1 AND k.storage_path = path
)
ON CONFLICT (path) DO UPDATE SET due = least(t.due, excluded.due)
RETURNING path
"""

DELETE_MESSAGES = f"""
DELETE FROM kickbot.message WHERE (application, channel, message) IN (
    SELECT application, channel, message FROM ({MESSAGES}) AS shown
)
RETURNING application, channel, message, thread, outside
"""

DELETE_KICKS = """
WITH gone AS (
    DELETE FROM public.kickgen_generatedkick k WHERE user_id = $1 AND NOT EXISTS (
        SELECT FROM public.presets_preset p WHERE p.user_id = $1 AND p.kick_sample = k.name
    )
    RETURNING storage_path
)
INSERT INTO kickbot.trash AS t (path, due) SELECT storage_path, now() FROM gone
ON CONFLICT (path) DO UPDATE SET due = least(t.due, excluded.due)
RETURNING path
"""
