"""Shares: presets shown in places, and browsed there a page at a time."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.library.browsing import Listed, Query
from core.people import Place
from db.library import saving, share_pages
from db.library.preset_rows import listed
from db.library.share_columns import COPIED, SOURCE
from db.postgres.database import Database, Transaction


@dataclass(frozen=True, slots=True)
class Shares:
    """`core.stores.shares.Shares` in PostgreSQL; its methods are documented there."""

    database: Database

    async def share(self, account: int, preset: int, place: Place, maker: str, now: datetime) -> bool:
        async def share(transaction: Transaction) -> bool:
            await saving.hold(transaction, account)
            shared = await transaction.fetchval(SHARE, account, preset, place.platform, place.id, maker, now)
            return shared is not None

        return await self.database.change(share)

    async def unshare(self, account: int, preset: int, place: Place, *, moderator: bool) -> bool:
        asked = (account, preset, place.platform, place.id, moderator)
        gone = await self.database.change(lambda transaction: transaction.fetchval(UNSHARE, *asked))
        return gone is not None

    async def page(self, account: int, place: Place, query: Query, count: int) -> list[Listed]:
        sql, values = share_pages.statement(account, place, query, count)
        shown = [listed(row) for row in await self.database.fetch(sql, *values)]
        return shown[::-1] if query.backwards else shown

    async def depart(self, platform: str, place: str, days: int) -> None:
        await self.database.repeating.execute(DEPART, platform, place, timedelta(days=days))

    async def back(self, platform: str, places: Collection[str]) -> None:
        await self.database.repeating.execute(BACK, platform, list(places))


SHARE = f"""
INSERT INTO kickbot.share (preset_id, account_id, platform, place, maker, shared_at, {COPIED})
SELECT p.id, p.user_id, $3, $4, $5, $6, {SOURCE} WHERE p.user_id = $1 AND p.id = $2 AND NOT p.is_shared
ON CONFLICT (preset_id, platform, place) DO NOTHING
RETURNING id
"""

UNSHARE = """
DELETE FROM kickbot.share WHERE preset_id = $2 AND platform = $3 AND place = $4 AND (account_id = $1 OR $5)
RETURNING id
"""

DEPART = """
INSERT INTO kickbot.departure (platform, place, due) VALUES ($1, $2, now() + $3::interval)
ON CONFLICT (platform, place) DO UPDATE SET due = excluded.due
"""

BACK = "DELETE FROM kickbot.departure WHERE platform = $1 AND place = ANY($2::text[])"

# Where the app has been installed again meanwhile, all stays.
LEFT = """
WITH departed AS (
    DELETE FROM kickbot.departure WHERE platform = $1 AND place = $2 AND due <= now() RETURNING platform, place
), gone AS (
    SELECT * FROM departed WHERE NOT EXISTS (
        SELECT FROM kickbot.slack_installation i WHERE departed.platform = 'slack' AND i.team = departed.place
    )
), rules AS (
    DELETE FROM kickbot.place r USING gone WHERE r.platform = gone.platform AND r.place = gone.place
), held AS (
    SELECT s.id FROM kickbot.share s JOIN gone ON s.platform = gone.platform AND s.place = gone.place
    ORDER BY s.id FOR UPDATE OF s
), dropped AS (
    DELETE FROM kickbot.share WHERE id IN (SELECT id FROM held) RETURNING id
)
SELECT count(*) FROM dropped
"""
