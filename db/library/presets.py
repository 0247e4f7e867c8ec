"""Presets, as one account sees them."""

from dataclasses import dataclass
from datetime import datetime

from core import errors
from core.library.browsing import Cursor, Listed
from core.messages import Posted
from core.names import numbered
from core.people import Place
from db import kick_rows, locks, messages, removals
from db.library import saving
from db.library.preset_rows import LISTED, PRESETS, listed, time
from db.library.share_columns import RECOPY
from db.postgres.database import Database, Transaction


@dataclass(frozen=True, slots=True)
class PresetRows:
    """`core.stores.presets.PresetRows` in PostgreSQL; its methods are documented there."""

    database: Database

    async def find(self, account: int, place: Place, preset: int) -> Listed | None:
        found = await self.database.fetchrow(FIND, *kick_rows.visitor(account, place), preset)
        return listed(found) if found else None

    async def named(self, account: int, place: Place, name: str) -> list[Listed]:
        found = [listed(row) for row in await self.database.fetch(NAMED, *kick_rows.guest(account, place), name)]
        return found[:1] if found and found[0].mine else found

    async def mine(self, account: int, place: Place, cursor: Cursor | None, count: int) -> list[Listed]:
        asked = (*kick_rows.guest(account, place), count)
        if cursor is None:
            return [listed(row) for row in await self.database.fetch(MINE, *asked)]
        if cursor.side == "after":
            found = await self.database.fetch(MINE_AFTER, *asked, time(cursor.key), cursor.id)
            return [listed(row) for row in found]
        found = await self.database.fetch(MINE_BEFORE, *asked, time(cursor.key), cursor.id)
        return [listed(row) for row in reversed(found)]

    async def names(self, account: int, typed: str, count: int) -> list[str]:
        return [row["preset_name"] for row in await self.database.fetch(NAMES, account, typed, count)]

    async def rename(self, account: int, preset: int, name: str, now: datetime) -> bool:
        async def rename(transaction: Transaction) -> bool:
            await saving.hold(transaction, account)
            taken = {row["preset_name"].lower() for row in await transaction.fetch(TAKEN, account, name, preset)}
            if name.lower() in taken:
                raise errors.NameTaken(name=name, suggestion=numbered(name, taken))
            await locks.shown(transaction, account, [preset])
            renamed = await transaction.fetchval(RENAME, account, preset, name, now)
            if renamed is not None:
                await transaction.execute(RECOPY, renamed)
            return renamed is not None

        return await self.database.change(rename)

    async def shares(self, account: int, preset: int) -> int:
        places: int = await self.database.fetchval(SHARES, account, preset)
        return places

    async def delete(self, account: int, preset: int) -> tuple[Posted, ...] | None:
        async def delete(transaction: Transaction) -> tuple[Posted, ...] | None:
            await saving.hold(transaction, account)
            await locks.shown(transaction, account, [preset])
            shown = await transaction.fetch(removals.noted(SHOWN), account, preset)
            deleted = await transaction.fetchval(DELETE, account, preset)
            return messages.posted(shown) if deleted is not None else None

        return await self.database.change(delete)


FIND = f"SELECT {LISTED} FROM {PRESETS} WHERE p.id = $6 AND {kick_rows.MAY_SEE_PRESET}"

# Names are found by their words, for which there is an index.
NAMED = f"""
WITH candidate AS (
    SELECT id FROM public.presets_preset WHERE user_id = $1
    UNION SELECT preset_id FROM kickbot.share
    WHERE words @> kickbot.words($4) AND kickbot.words($4) <> '{{}}'
        AND ((platform = $2 AND place = $3) OR platform = 'operator')
)
SELECT {LISTED} FROM {PRESETS} WHERE p.id IN (SELECT id FROM candidate) AND lower(p.preset_name) = lower($4)
ORDER BY p.user_id <> $1, p.preset_name <> $4, p.id LIMIT 5
"""

MINE = f"""
SELECT {LISTED} FROM {PRESETS} WHERE p.user_id = $1 ORDER BY p.created_at DESC, p.id DESC LIMIT $4
"""

MINE_AFTER = f"""
SELECT {LISTED} FROM {PRESETS} WHERE p.user_id = $1 AND (p.created_at, p.id) < ($5, $6::bigint)
ORDER BY p.created_at DESC, p.id DESC LIMIT $4
"""

MINE_BEFORE = f"""
SELECT {LISTED} FROM {PRESETS} WHERE p.user_id = $1 AND (p.created_at, p.id) > ($5, $6::bigint)
ORDER BY p.created_at, p.id LIMIT $4
"""

NAMES = """
SELECT preset_name FROM public.presets_preset WHERE user_id = $1 AND strpos(lower(preset_name), lower($2)) > 0
ORDER BY NOT starts_with(lower(preset_name), lower($2)), preset_name LIMIT $3
"""

TAKEN = f"""
SELECT preset_name FROM public.presets_preset
WHERE user_id = $1 AND id <> $3 AND {saving.alike("preset_name", "$2")}
"""

RENAME = """
UPDATE public.presets_preset SET preset_name = $3, updated_at = $4 WHERE user_id = $1 AND id = $2 AND NOT is_shared
RETURNING id
"""

SHARES = "SELECT count(*) FROM kickbot.share WHERE account_id = $1 AND preset_id = $2 AND platform <> 'operator'"

SHOWN = messages.showing(preset="p.user_id = $1 AND p.id = $2 AND NOT p.is_shared")

DELETE = "DELETE FROM public.presets_preset WHERE user_id = $1 AND id = $2 AND NOT is_shared RETURNING id"
