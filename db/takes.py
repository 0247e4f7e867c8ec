"""Takes, asked for by the account they belong to."""

from dataclasses import dataclass

from core import names
from core.kicks import Take
from core.stores import Posted
from db import rows
from db.database import Database


@dataclass(frozen=True, slots=True)
class Takes:
    """`core.stores.Takes` in PostgreSQL; its methods are documented there."""

    database: Database

    async def recent(self, account: int, count: int, before: int | None = None) -> list[Take]:
        found = await self.database.fetch(RECENT, account, count, before)
        return [rows.take(row) for row in found]

    async def named(self, account: int, name: str) -> Take | None:
        found = await self.database.fetchrow(NAMED, account, names.PREFIX + names.given(name))
        return rows.take(found) if found else None

    async def kept(self, account: int) -> int:
        kept: int = await self.database.fetchval(KEPT, account)
        return kept

    async def delete(self, account: int, take: int) -> list[Posted] | None:
        async with self.database.transaction() as transaction:
            shown = await transaction.fetch(SHOWN, account, take)
            if await transaction.fetchval(DELETE, account, take) is None:
                return None
        return [Posted(row["application"], row["channel"], row["message"]) for row in shown]


KEPT = "SELECT count(*) FROM public.kickgen_generatedkick WHERE user_id = $1"

RECENT = f"""
SELECT {rows.TAKE} FROM kickbot.take
WHERE account_id = $1 AND expires_at > now() AND ($3::bigint IS NULL OR id < $3)
ORDER BY id DESC LIMIT $2
"""

NAMED = f"SELECT {rows.TAKE} FROM kickbot.take WHERE account_id = $1 AND lower(name) = lower($2) AND expires_at > now()"

SHOWN = """
SELECT m.application, m.channel, m.message FROM kickbot.message m
JOIN kickbot.take t ON t.id = m.take_id WHERE t.account_id = $1 AND t.id = $2
"""

DELETE = """
WITH deleted AS (
    DELETE FROM kickbot.take WHERE account_id = $1 AND id = $2 RETURNING path
), thrown AS (
    INSERT INTO kickbot.trash (path, due) SELECT path, now() FROM deleted ON CONFLICT DO NOTHING
)
SELECT path FROM deleted
"""
