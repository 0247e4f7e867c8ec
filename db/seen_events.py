"""Events that were heard."""

from dataclasses import dataclass
from uuid import uuid4

from db.postgres.database import Database


@dataclass(frozen=True, slots=True)
class SeenEvents:
    """Remembers what was heard, for all processes, until it is swept; Slack tells again for an hour at most."""

    database: Database

    async def first(self, application: str, event: str) -> bool:
        """Whether nobody has heard of the event before."""
        return await self.database.repeating.fetchval(HEAR, application, event, uuid4()) is not None


HEAR = """
INSERT INTO kickbot.heard (application, event, hearing) VALUES ($1, $2, $3)
ON CONFLICT (application, event) DO UPDATE SET heard_at = now() WHERE heard.hearing = excluded.hearing
RETURNING event
"""
