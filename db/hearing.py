"""Events that were heard."""

from dataclasses import dataclass

from db.database import Database


@dataclass(frozen=True, slots=True)
class Hearing:
    """Remembers for a day what was heard, for all processes; Slack tells again for an hour at most."""

    database: Database

    async def first(self, application: str, event: str) -> bool:
        """Whether nobody has heard of the event before."""
        return await self.database.fetchval(HEAR, application, event) is not None


HEAR = """
WITH old AS (
    DELETE FROM kickbot.heard WHERE (application, event) IN (
        SELECT application, event FROM kickbot.heard WHERE heard_at < now() - interval '1 day'
        LIMIT 100 FOR UPDATE SKIP LOCKED
    )
)
INSERT INTO kickbot.heard (application, event) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING event
"""
