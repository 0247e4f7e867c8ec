"""What is no longer needed: found here, by rows of our own and never by listing files.

Rows that somebody else holds are left to the next sweep, so that nobody is waited for.
"""

from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from logging import getLogger
from uuid import UUID

from core import errors
from core.accounts.keys import LEFT
from core.kicks import Take
from core.stores.sweepings import Old, Trash
from db import rows, takes
from db.jobs import FAIL
from db.library import share_columns, shares
from db.library.preset_rows import OPERATOR
from db.postgres.database import Database, Transaction
from db.storage import object_path
from db.usage import TODAY

log = getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Sweepings:
    """`core.stores.sweepings.Sweepings` in PostgreSQL; its methods are documented there."""

    database: Database

    async def lead(self, worker: UUID, lease: float, rest: float = 0) -> bool:
        spans = timedelta(seconds=lease), timedelta(seconds=rest)
        return await self.database.fetchval(LEAD, worker, *spans) is not None

    async def swept(self, worker: UUID) -> None:
        await self.database.repeating.execute(SWEPT, worker)

    async def expire_takes(self, count: int) -> bool:
        # A trigger puts their files into the trash.
        return await self._delete("take", "expires_at <= now()", count)

    async def doubted(self, count: int) -> list[Take]:
        return [rows.take(row) for row in await self.database.fetch(DOUBTED, count)]

    async def settle(self, take: Take, *, there: bool) -> None:
        await takes.settle(self.database, take, there=there)

    async def end_jobs(self, count: int) -> bool:
        closed = await self.database.execute(CLOSE_MADE, count)
        left = await self.database.fetch(LEFT_ALONE, count)
        for job in left:
            await self.database.execute(FAIL, job["id"], job["worker"], str(errors.LeftAlone()))
        return closed == f"UPDATE {count}" or len(left) == count

    async def leave_places(self, count: int) -> bool:
        due = await self.database.fetch(DEPARTED, count)
        for one in due:
            await self.database.change(partial(_leave, platform=one["platform"], place=one["place"]))
        return len(due) == count

    async def forget(self, what: Old, count: int) -> bool:
        return await self._delete(*FORGOTTEN[what], count)

    async def list_operators(self, count: int) -> bool:
        dropped = await self.database.fetchval(share_columns.DROP_OPERATORS, count)
        added = await self.database.fetchval(share_columns.ADD_OPERATORS, count, OPERATOR)
        return count in (dropped, added)

    async def refresh_shares(self, count: int, after: int = 0) -> int | None:
        reached: int | None = await self.database.fetchval(share_columns.RECOPY_CHANGED, count, after)
        return reached

    async def trash(self, count: int) -> Trash:
        async with self.database.transaction() as transaction:
            due = [row["path"] for row in await transaction.fetch(DUE, count)]
            # The web app's own rows may say anything; what is no path of ours names no file of ours.
            if odd := [path for path in due if not object_path.fits(path)]:
                log.warning("dropped from the trash: %s", odd)
            no_trash = {*odd, *(row["path"] for row in await transaction.fetch(USED, due))}
            if no_trash:
                await transaction.execute(EMPTIED, list(no_trash))
        return Trash([path for path in due if path not in no_trash], len(due) == count)

    async def postpone(self, paths: list[str], days: int) -> None:
        await self.database.repeating.execute(POSTPONE, paths, timedelta(days=days))

    async def emptied(self, paths: list[str]) -> None:
        await self.database.repeating.execute(EMPTIED, paths)

    async def _delete(self, table: str, condition: str, count: int) -> bool:
        deleted = await self.database.execute(DELETE.format(table=table, condition=condition), count)
        return deleted == f"DELETE {count}"


async def _leave(transaction: Transaction, platform: str, place: str) -> None:
    await transaction.execute(shares.LEFT, platform, place)


DEPARTED = "SELECT platform, place FROM kickbot.departure WHERE due <= now() ORDER BY due LIMIT $1"

# The lease is renewed where it is the worker's own still.
LEAD = """
INSERT INTO kickbot.lease AS l (work, holder, until) VALUES ('sweeping', $1, now() + $2::interval)
ON CONFLICT (work) DO UPDATE SET holder = excluded.holder, until = excluded.until
WHERE (l.holder = excluded.holder OR l.until <= now()) AND l.done_at <= now() - $3::interval
RETURNING work
"""

SWEPT = "UPDATE kickbot.lease SET until = now(), done_at = now() WHERE work = 'sweeping' AND holder = $1"

# In any order, so that one that cannot be looked up does not keep the others from it each time.
DOUBTED = f"SELECT {rows.TAKE} FROM kickbot.take WHERE doubted_at IS NOT NULL ORDER BY random() LIMIT $1"

DELETE = """
DELETE FROM kickbot.{table} WHERE ctid = ANY(ARRAY(
    SELECT ctid FROM kickbot.{table} WHERE {condition} LIMIT $1 FOR UPDATE SKIP LOCKED
))
"""

# Events are told again for some hours, and reactions of the last day are read at a start: a closed job is known longer.
# Of past days nothing is counted any more, but a job that is ended late gives its attempt back.
FORGOTTEN: dict[Old, tuple[str, str]] = {
    "closed jobs": ("job", "state IN ('done', 'failed', 'cancelled') AND updated_at < now() - interval '3 days'"),
    "counts of past days": ("usage", f"day < {TODAY} AND (starts_with(subject, '{LEFT}') OR day < {TODAY} - 30)"),
    "heard events": ("heard", "heard_at < now() - interval '1 day'"),
    "link codes": ("link_code", "expires_at <= now()"),
    "wrong link codes": ("link_try", "last_at < now() - interval '1 day'"),
    "messages to remove": ("removal", "created_at < now() - interval '7 days'"),
    "notifications": ("letter", "created_at < now() - interval '7 days'"),
}

ALONE = "lease_until < now() - interval '1 day'"

CLOSE_MADE = f"""
UPDATE kickbot.job SET state = 'done', token = NULL, updated_at = now() WHERE id IN (
    SELECT id FROM kickbot.job WHERE state = 'made' AND {ALONE} ORDER BY id LIMIT $1 FOR UPDATE SKIP LOCKED
)
"""

LEFT_ALONE = f"SELECT id, worker FROM kickbot.job WHERE state IN ('queued', 'running') AND {ALONE} ORDER BY id LIMIT $1"

DUE = "SELECT path FROM kickbot.trash WHERE due <= now() ORDER BY due LIMIT $1 FOR UPDATE SKIP LOCKED"

# A path that a take or kick uses is no longer trash: somebody saved the take after it was thrown away. That is seen
# once its row is held: whoever throws it away again meanwhile waits, and does so anew where it was taken off.
USED = """
SELECT path FROM unnest($1::text[]) AS due (path)
WHERE EXISTS (SELECT FROM kickbot.take k WHERE k.path = due.path)
    OR EXISTS (SELECT FROM public.kickgen_generatedkick k WHERE k.storage_path = due.path)
"""

POSTPONE = "UPDATE kickbot.trash SET due = now() + $2::interval WHERE path = ANY($1::text[])"

EMPTIED = "DELETE FROM kickbot.trash WHERE path = ANY($1::text[])"
