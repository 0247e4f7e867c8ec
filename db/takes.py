"""Takes, asked for by the account they belong to."""

from dataclasses import dataclass

from core.kicks import Take
from db import rows
from db.postgres.database import Database


@dataclass(frozen=True, slots=True)
class Takes:
    """`core.stores.takes.Takes` in PostgreSQL; its methods are documented there."""

    database: Database

    async def recent(self, account: int, count: int, before: int | None = None) -> list[Take]:
        found = await self.database.fetch(RECENT, account, count, before)
        return [rows.take(row) for row in found]

    async def settle(self, take: Take, *, there: bool) -> None:
        await settle(self.database, take, there=there)


async def settle(database: Database, take: Take, *, there: bool) -> None:
    """See `core.stores.takes.Doubts.settle`."""
    await database.repeating.execute(BELIEVE if there else DROP, take.id, take.doubted)


RECENT = f"""
SELECT {rows.TAKE} FROM kickbot.take
WHERE account_id = $1 AND expires_at > now() AND ($3::bigint IS NULL OR id < $3)
ORDER BY id DESC LIMIT $2
"""

BELIEVE = "UPDATE kickbot.take SET doubted_at = NULL WHERE id = $1 AND doubted_at = $2"

# A trigger puts its path into the trash, for the picture that may be left.
DROP = "DELETE FROM kickbot.take WHERE id = $1 AND doubted_at = $2"
