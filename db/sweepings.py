"""What is no longer needed: found here, by rows of our own and never by listing files."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from logging import getLogger

from core import days as calendar
from core import keys
from db import copying, object_path
from db.database import Database
from db.listed import OPERATOR

log = getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Sweepings:
    """`core.stores.sweepings.Sweepings` in PostgreSQL; its methods are documented there."""

    database: Database

    async def expire_takes(self, now: datetime) -> None:
        await self.database.execute(EXPIRE, now)

    async def forget_old(self, now: datetime, days: int) -> None:
        before = now - timedelta(days=days)
        for table, condition in (
            ("job", "state IN ('done', 'failed', 'cancelled') AND updated_at < $1"),
            ("message", "created_at < $1"),
            ("usage", "day < ($1::timestamptz)::date"),
        ):
            await self.database.execute(f"DELETE FROM kickbot.{table} WHERE {condition}", before)
        await self.database.execute(FORGET_LEAVERS, keys.LEFT, calendar.day(now))

    async def trash(self, now: datetime, count: int) -> list[str]:
        found = [row["path"] for row in await self.database.fetch(TRASH, now, count)]
        if odd := [path for path in found if not object_path.fits(path)]:
            # The web app's own rows may say anything; what is no path of ours names no file of ours.
            log.warning("dropped from the trash: %s", odd)
            await self.emptied(odd)
            return await self.trash(now, count)
        return found

    async def postpone(self, paths: list[str], due: datetime) -> None:
        if paths:
            await self.database.execute(POSTPONE, paths, due)

    async def emptied(self, paths: list[str]) -> None:
        await self.database.execute(EMPTIED, paths)

    async def refresh_shares(self) -> None:
        await self.database.execute(copying.DROP_OPERATORS)
        await self.database.execute(copying.ADD_OPERATORS, OPERATOR)
        await self.database.execute(copying.RECOPY_CHANGED)


FORGET_LEAVERS = "DELETE FROM kickbot.usage WHERE starts_with(subject, $1) AND day < $2"

EXPIRE = """
WITH expired AS (
    DELETE FROM kickbot.take WHERE expires_at <= $1 RETURNING path
)
INSERT INTO kickbot.trash (path, due) SELECT path, $1 FROM expired ON CONFLICT DO NOTHING
"""

# A path that a take or kick uses is no longer trash: somebody saved the take after it was thrown away.
TRASH = """
WITH used AS (
    DELETE FROM kickbot.trash t WHERE due <= $1 AND (
        EXISTS (SELECT FROM kickbot.take k WHERE k.path = t.path)
        OR EXISTS (SELECT FROM public.kickgen_generatedkick k WHERE k.storage_path = t.path)
    )
    RETURNING path
)
SELECT path FROM kickbot.trash WHERE due <= $1 AND path NOT IN (SELECT path FROM used) ORDER BY due LIMIT $2
"""

POSTPONE = "UPDATE kickbot.trash SET due = $2 WHERE path = ANY($1::text[])"

EMPTIED = "DELETE FROM kickbot.trash WHERE path = ANY($1::text[])"
