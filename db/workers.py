"""What is kept of engines between starts."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from core.making.vocabulary import Vocabulary
from db.postgres.database import Database


@dataclass(frozen=True, slots=True)
class Vocabularies:
    """`core.making.vocabulary.VocabularyCache` in PostgreSQL."""

    database: Database

    async def get(self, worker: str) -> Vocabulary | None:
        found = await self.database.fetchrow(KNOWN, worker)
        return Vocabulary(found["revision"], frozenset(found["words"])) if found else None

    async def put(self, worker: str, vocabulary: Vocabulary) -> None:
        await self.database.repeating.execute(LEARN, worker, vocabulary.revision, sorted(vocabulary.words))


@dataclass(frozen=True, slots=True)
class Warmths:
    """`core.making.warmth.Warmths` in PostgreSQL; its methods are documented there."""

    database: Database

    async def until(self, worker: str) -> datetime | None:
        until: datetime | None = await self.database.fetchval(UNTIL, worker)
        return until

    async def over(self, worker: str) -> datetime | None:
        until: datetime | None = await self.database.fetchval(OVER, worker)
        return until

    async def keep(self, worker: str, span: timedelta) -> datetime:
        until: datetime = await self.database.repeating.fetchval(KEEP, worker, span)
        return until

    async def end(self, worker: str, until: datetime) -> None:
        await self.database.repeating.execute(END, worker, until)


KNOWN = "SELECT revision, words FROM kickbot.vocabulary WHERE worker = $1"

LEARN = """
INSERT INTO kickbot.vocabulary (worker, revision, words) VALUES ($1, $2, $3)
ON CONFLICT (worker) DO UPDATE SET revision = excluded.revision, words = excluded.words
"""

UNTIL = "SELECT until FROM kickbot.warmth WHERE worker = $1"

OVER = "SELECT until FROM kickbot.warmth WHERE worker = $1 AND until <= now()"

KEEP = """
INSERT INTO kickbot.warmth (worker, until) VALUES ($1, now() + $2::interval)
ON CONFLICT (worker) DO UPDATE SET until = excluded.until RETURNING until
"""

END = "DELETE FROM kickbot.warmth WHERE worker = $1 AND until = $2"
