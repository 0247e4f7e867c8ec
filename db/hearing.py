"""Events that were heard."""

from dataclasses import dataclass

from db.database import Database


@dataclass(frozen=True, slots=True)
class Hearing:
    """Remembers what was heard, for all processes, until it is swept; Slack tells again for an hour at most."""

    database: Database

    async def first(self, application: str, event: str) -> bool:
        """Whether nobody has heard of the event before."""
        return await self.database.fetchval(HEAR, application, event) is not None


HEAR = """
INSERT INTO kickbot.heard (application, event) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING event
"""
