"""Takes, asked for by the account they belong to."""

from dataclasses import dataclass

from core.kicks import Take
from db import rows
from db.database import Database


@dataclass(frozen=True, slots=True)
class Takes:
    """`core.stores.takes.Takes` in PostgreSQL; its methods are documented there."""

    database: Database

    async def recent(self, account: int, count: int, before: int | None = None) -> list[Take]:
        found = await self.database.fetch(RECENT, account, count, before)
        return [rows.take(row) for row in found]


RECENT = f"""
SELECT {rows.TAKE} FROM kickbot.take
WHERE account_id = $1 AND expires_at > now() AND ($3::bigint IS NULL OR id < $3)
ORDER BY id DESC LIMIT $2
"""
