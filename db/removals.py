"""Messages that are to be removed."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass

from core.messages import CONSOLE, Posted
from db import messages
from db.postgres.database import Database


@dataclass(frozen=True, slots=True)
class RemovalRows:
    """`core.stores.removals.RemovalRows` in PostgreSQL; its methods are documented there."""

    database: Database

    async def add(self, posted: Posted) -> None:
        await self.database.repeating.execute(ADD, *astuple(posted))

    async def claim(self, applications: Sequence[str], count: int) -> list[Posted]:
        return list(messages.posted(await self.database.fetch(CLAIM, list(applications), count)))

    async def end(self, posted: Sequence[Posted]) -> None:
        columns = zip(*((one.application, one.channel, one.message) for one in posted), strict=True)
        await self.database.repeating.execute(END, *map(list, columns))


def noted(statement: str) -> str:
    """The statement, which finds messages or deletes them, noting that these are to be removed; its rows."""
    return f"WITH shown AS ({statement}), noted AS ({NOTE}) SELECT {COLUMNS} FROM shown"


COLUMNS = ", ".join(messages.COLUMNS)

ADD = f"""
INSERT INTO kickbot.removal ({COLUMNS}) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING
"""

# What a console has shown nobody takes back.
NOTE = f"""
INSERT INTO kickbot.removal ({COLUMNS})
SELECT {COLUMNS} FROM shown WHERE NOT starts_with(application, '{CONSOLE}:')
ON CONFLICT DO NOTHING
"""

CLAIM = """
WITH due AS (
    SELECT application, channel, message FROM kickbot.removal
    WHERE application = ANY($1::text[]) AND due <= now() AND created_at > now() - interval '7 days'
    ORDER BY due LIMIT $2 FOR UPDATE SKIP LOCKED
)
UPDATE kickbot.removal r SET attempts = r.attempts + 1, due = now() + interval '1 minute' * 2 ^ r.attempts
FROM due WHERE r.application = due.application AND r.channel = due.channel AND r.message = due.message
RETURNING r.application, r.channel, r.message, r.thread, r.outside
"""

END = """
DELETE FROM kickbot.removal r
USING unnest($1::text[], $2::text[], $3::text[]) AS ended (application, channel, message)
WHERE r.application = ended.application AND r.channel = ended.channel AND r.message = ended.message
"""
