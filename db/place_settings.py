"""The settings of servers and workspaces."""

from dataclasses import dataclass

from core.people import PlaceSettings
from db.postgres.database import Database


@dataclass(frozen=True, slots=True)
class PlaceSettingsRows:
    """`core.stores.place_settings.PlaceSettingsRows` in PostgreSQL; its methods are documented there."""

    database: Database

    async def find(self, platform: str, place: str) -> PlaceSettings:
        found = await self.database.fetchrow(FIND, platform, place)
        return PlaceSettings(frozenset(found["channels"]), found["daily_limit"]) if found else PlaceSettings()

    async def replace(self, platform: str, place: str, settings: PlaceSettings) -> None:
        await self.database.repeating.execute(REPLACE, platform, place, sorted(settings.channels), settings.daily_limit)


FIND = "SELECT channels, daily_limit FROM kickbot.place WHERE platform = $1 AND place = $2"

REPLACE = """
INSERT INTO kickbot.place (platform, place, channels, daily_limit) VALUES ($1, $2, $3, $4)
ON CONFLICT (platform, place) DO UPDATE SET channels = excluded.channels, daily_limit = excluded.daily_limit
"""
