"""Libraries: what may be saved, what is in them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from core import errors, names
from core.kicks import Kick
from core.messages import Posted
from core.people import Place
from core.refs import Ref
from core.sound.measuring import Facts
from core.stores.library import Doomed, Keep, Kept, Source, Undone
from db import kick_rows, rows
from db.library import deleting, saving
from db.postgres.database import Database


@dataclass(frozen=True, slots=True)
class LibraryRows:
    """`core.stores.library.LibraryRows` in PostgreSQL; its methods are documented there."""

    database: Database

    async def source(self, account: int, place: Place, ref: Ref) -> Source | None:
        match ref.kind:
            case "take":
                row = await self.database.fetchrow(SOURCE_TAKE, *kick_rows.reader(account, place), ref.id)
                return Source(rows.take(row), row["held"], row["kept"]) if row else None
            case "kick":
                row = await self.database.fetchrow(SOURCE_KICK, *kick_rows.reader(account, place), ref.id)
                return Source(kick_rows.kick(row), row["held"], row["kept"]) if row else None
            case "preset":
                row = await self.database.fetchrow(SOURCE_PRESET, *kick_rows.visitor(account, place), ref.id)
                return Source(kick_rows.preset(row), row["held"], row["kept"]) if row else None

    async def named(self, account: int, name: str) -> list[Ref]:
        found = await self.database.fetch(NAMED, account, name, names.PREFIX + names.given(name))
        return [Ref("kick", row["kick_id"]) if row["kick_id"] else Ref("take", row["take_id"]) for row in found]

    async def kicks(self, account: int) -> list[Kick]:
        return [kick_rows.kick(row) for row in await self.database.fetch(KICKS, account)]

    async def set_aside(self, account: int, path: str, hours: int) -> None:
        await self.database.repeating.execute(SET_ASIDE, account, path, timedelta(hours=hours))

    async def keep(self, account: int, keep: Keep, now: datetime) -> Kept:
        return await self.database.change(lambda transaction: saving.keep(transaction, account, keep, now))

    async def undo(self, account: int, ref: Ref) -> Undone | None:
        return await self.database.change(lambda transaction: saving.undo(transaction, account, ref))

    async def doomed(self, account: int, ref: Ref) -> Doomed | None:
        return await deleting.doomed(self.database, account, ref)

    async def delete(self, account: int, doomed: Doomed) -> tuple[Posted, ...] | None:
        return await self.database.change(lambda transaction: deleting.delete(transaction, account, doomed))

    async def measured(self, account: int, place: Place, ref: Ref, facts: Facts | None) -> bool:
        values = rows.facts_values(facts) if facts else (None, None, None, None)
        match ref.kind:
            case "take":
                return False
            case "kick":
                query, asked = MEASURED_KICK, kick_rows.reader(account, place)
            case "preset":
                query, asked = MEASURED_PRESET, kick_rows.visitor(account, place)
        return await self.database.repeating.fetchval(query, *asked, ref.id, *values) is not None

    async def full(self, account: int, limit: int) -> errors.LibraryFull:
        return await saving.full(self.database, account, limit)


KICKS_AND_DETAILS = "public.kickgen_generatedkick k LEFT JOIN kickbot.kick_detail d ON d.kick_id = k.id"

SOURCE_TAKE = f"""
SELECT {rows.TAKE}, {kick_rows.in_library("'take:' || t.id")} AS held, {kick_rows.KEPT} AS kept FROM kickbot.take t
WHERE t.id = $4 AND t.expires_at > now() AND {kick_rows.MAY_SEE_TAKE}
"""

SOURCE_KICK = f"""
SELECT {kick_rows.KICK}, {kick_rows.in_library(kick_rows.ORIGIN)} AS held, {kick_rows.KEPT} AS kept
FROM {KICKS_AND_DETAILS}
WHERE k.id = $4 AND {kick_rows.MAY_SEE_KICK}
"""

SOURCE_PRESET = f"""
SELECT {kick_rows.PRESET}, {kick_rows.KICK}, {kick_rows.in_library(kick_rows.ORIGIN)} AS held, {kick_rows.KEPT} AS kept
FROM public.presets_preset p {kick_rows.KICK_OF_PRESET}
WHERE p.id = $6 AND {kick_rows.MAY_SEE_PRESET}
"""

KICKS = f"SELECT {kick_rows.KICK} FROM {KICKS_AND_DETAILS} WHERE k.user_id = $1 ORDER BY k.id DESC"

# A take that was saved and its kick have the same file.
NAMED = """
SELECT k.id AS kick_id, t.id AS take_id
FROM (SELECT * FROM public.kickgen_generatedkick WHERE user_id = $1) k
FULL JOIN (SELECT * FROM kickbot.take WHERE account_id = $1 AND expires_at > now()) t ON t.path = k.storage_path
WHERE lower(coalesce(k.name, t.name)) IN (lower($2), lower($3))
ORDER BY coalesce(k.name, t.name) NOT IN ($2, $3), k.id, t.id
"""

SET_ASIDE = """
INSERT INTO kickbot.trash (path, due) SELECT $2, now() + $3::interval WHERE split_part($2, '/', 1) = $1::int::text
ON CONFLICT DO NOTHING
"""

MEASURED = f"""
INSERT INTO kickbot.kick_detail AS noted (kick_id, web_made, origin, {rows.FACTS})
SELECT k.id, true, 'kick:' || k.id, {{values}} FROM {{source}} AND k.id IS NOT NULL
ON CONFLICT (kick_id) DO UPDATE SET web_made = noted.web_made
RETURNING kick_id
"""

MEASURED_KICK = MEASURED.format(
    values="$5, $6, $7, $8",
    source=f"public.kickgen_generatedkick k WHERE k.id = $4 AND {kick_rows.MAY_SEE_KICK}",
)

MEASURED_PRESET = MEASURED.format(
    values="$7, $8, $9, $10",
    source=f"public.presets_preset p {kick_rows.KICK_OF_PRESET} WHERE p.id = $6 AND {kick_rows.MAY_SEE_PRESET}",
)
