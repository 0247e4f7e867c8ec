"""Workspaces in which the Slack app was installed."""

from dataclasses import dataclass

from db.postgres.database import Database


@dataclass(frozen=True, slots=True)
class Installations:
    """What is kept of each, sealed by whoever keeps it; `client` is the Slack app's client id."""

    database: Database

    async def put(self, client: str, team: str, sealed: bytes) -> None:
        """Keep it; what was there before is replaced."""
        await self.database.repeating.execute(PUT, client, team, sealed)

    async def get(self, client: str, team: str) -> bytes | None:
        """What is kept of one, None where the app is not installed there."""
        found: bytes | None = await self.database.fetchval(GET, client, team)
        return found

    async def all(self, client: str) -> list[tuple[str, bytes]]:
        """Every workspace's id and what is kept of it."""
        return [(row["team"], row["sealed"]) for row in await self.database.fetch(ALL, client)]

    async def remove(self, client: str, team: str) -> None:
        """Keep nothing of it; no error where nothing was."""
        await self.database.repeating.execute(REMOVE, client, team)


PUT = """
INSERT INTO kickbot.slack_installation (client_id, team, sealed) VALUES ($1, $2, $3)
ON CONFLICT (client_id, team) DO UPDATE SET sealed = excluded.sealed, installed_at = now()
"""

GET = "SELECT sealed FROM kickbot.slack_installation WHERE client_id = $1 AND team = $2"

ALL = "SELECT team, sealed FROM kickbot.slack_installation WHERE client_id = $1 ORDER BY installed_at"

REMOVE = "DELETE FROM kickbot.slack_installation WHERE client_id = $1 AND team = $2"
