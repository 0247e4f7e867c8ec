"""The rules of servers and workspaces."""

from dataclasses import dataclass

from core.rules import Rules
from db.database import Database


@dataclass(frozen=True, slots=True)
class Places:
    """`core.stores.places.Places` in PostgreSQL; its methods are documented there."""

    database: Database

    async def rules(self, platform: str, place: str) -> Rules:
        found = await self.database.fetchrow(FIND, platform, place)
        return Rules(frozenset(found["channels"]), found["daily_limit"]) if found else Rules()

    async def set_rules(self, platform: str, place: str, rules: Rules) -> None:
        await self.database.repeating.execute(SET, platform, place, sorted(rules.channels), rules.daily_limit)


FIND = "SELECT channels, daily_limit FROM kickbot.place WHERE platform = $1 AND place = $2"

SET = """
INSERT INTO kickbot.place (platform, place, channels, daily_limit) VALUES ($1, $2, $3, $4)
ON CONFLICT (platform, place) DO UPDATE SET channels = excluded.channels, daily_limit = excluded.daily_limit
"""
