"""What messages in channels show."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

import asyncpg

from core.messages import Posted, Shown
from core.people import Person, Place
from core.refs import Ref
from db import kick_rows
from db.postgres.database import Database


@dataclass(frozen=True, slots=True)
class Messages:
    """`core.stores.messages.Messages` in PostgreSQL; its methods are documented there."""

    database: Database

    async def record(self, account: int, place: Place, message: str, ref: Ref) -> bool:
        match ref.kind:
            case "take":
                query, asked = RECORD_TAKE, kick_rows.reader(account, place)
            case "kick":
                query, asked = RECORD_KICK, kick_rows.reader(account, place)
            case "preset":
                query, asked = RECORD_PRESET, kick_rows.visitor(account, place)
        where = (message, place.thread, place.outside)
        return await self.database.repeating.fetchval(query, *asked, ref.id, *where) is not None

    async def shown(self, place: Place, message: str) -> Shown | None:
        found = await self.database.fetch(SHOWN, place.application, place.channel, message)
        return next(_shown(found), None)

    async def latest(self, place: Place) -> Ref | None:
        found = await self.database.fetchrow(LATEST, place.application, place.channel)
        return _ref(found) if found else None

    async def recent(self, application: str, hours: float) -> list[Shown]:
        found = await self.database.fetch(RECENT, application, timedelta(hours=hours))
        return [replace(shown, heard=frozenset(row["heard"])) for shown, row in zip(_shown(found), found, strict=True)]

    async def saves(self, ref: Ref) -> int:
        saves: int = await self.database.fetchval(SAVES[ref.kind], ref.id)
        return saves

    async def keepers(self, ref: Ref, platform: str) -> list[Person]:
        found = await self.database.fetch(KEEPERS[ref.kind], ref.id, platform)
        return [Person(platform, row["realm"], row["external_id"], row["display_name"]) for row in found]

    async def hear(self, posted: Posted, mark: bytes) -> None:
        await self.database.repeating.execute(HEAR, posted.application, posted.channel, posted.message, mark)

    async def unhear(self, posted: Posted, mark: bytes) -> None:
        await self.database.repeating.execute(UNHEAR, posted.application, posted.channel, posted.message, mark)

    async def heard(self, posted: Posted, mark: bytes) -> bool:
        where = (posted.application, posted.channel, posted.message)
        return await self.database.fetchval(HEARD, *where, mark) is not None


def _ref(row: asyncpg.Record) -> Ref:
    if row["take_id"] is not None:
        return Ref("take", row["take_id"])
    return Ref("kick", row["kick_id"]) if row["kick_id"] is not None else Ref("preset", row["preset_id"])


def _shown(found: Sequence[asyncpg.Record]) -> Iterator[Shown]:
    return (Shown(one, _ref(row)) for one, row in zip(posted(found), found, strict=True))


def posted(found: Iterable[asyncpg.Record]) -> tuple[Posted, ...]:
    """The messages in rows of `showing`."""
    return tuple(Posted(*(row[column] for column in COLUMNS)) for row in found)


def showing(*, preset: str, take: str | None = None, kick: str | None = None) -> str:
    """A statement for the messages that show a preset `p`, take `t` or kick `k` for which the SQL condition holds."""
    conditions = {"take": take, "kick": kick, "preset": preset}
    return " UNION ALL ".join(SHOWING[kind].format(condition) for kind, condition in conditions.items() if condition)


COLUMNS = ("application", "channel", "message", "thread", "outside")

SHOWING = {
    kind: f"""
    SELECT m.application, m.channel, m.message, m.thread, m.outside FROM kickbot.message m
    JOIN {table} ON {table[-1]}.id = m.{kind}_id WHERE {{}}
    """
    for kind, table in (
        ("take", "kickbot.take t"),
        ("kick", "public.kickgen_generatedkick k"),
        ("preset", "public.presets_preset p"),
    )
}

# Whoever deletes what is to be shown is waited for: then there is nothing to record.
RECORD = """
INSERT INTO kickbot.message (application, channel, message, thread, outside, take_id, kick_id, preset_id) {shown}
ON CONFLICT (application, channel, message) DO UPDATE
SET thread = excluded.thread, outside = excluded.outside,
    take_id = excluded.take_id, kick_id = excluded.kick_id, preset_id = excluded.preset_id
RETURNING message
"""

RECORD_TAKE = RECORD.format(
    shown=f"""
    SELECT $2, $3, $5, $6, $7, t.id, NULL, NULL FROM kickbot.take t WHERE t.id = $4 AND {kick_rows.MAY_SEE_TAKE}
    FOR KEY SHARE OF t
    """
)

RECORD_KICK = RECORD.format(
    shown=f"""
    SELECT $2, $3, $5, $6, $7, NULL, k.id, NULL FROM public.kickgen_generatedkick k
    WHERE k.id = $4 AND {kick_rows.MAY_SEE_KICK} FOR KEY SHARE OF k
    """
)

RECORD_PRESET = RECORD.format(
    shown=f"""
    SELECT $4, $5, $7, $8, $9, NULL, NULL, p.id FROM public.presets_preset p
    WHERE p.id = $6 AND {kick_rows.MAY_SEE_PRESET} FOR KEY SHARE OF p
    """
)

SHOWN = """
SELECT * FROM kickbot.message WHERE application = $1 AND channel = $2 AND message = $3
UNION ALL SELECT * FROM kickbot.message WHERE application = $1 AND thread = $2 AND message = $3
"""

LATEST = """
SELECT take_id, kick_id, preset_id FROM kickbot.message WHERE application = $1 AND channel = $2
ORDER BY created_at DESC LIMIT 1
"""

RECENT = """
SELECT m.*, ARRAY(
    SELECT mark FROM kickbot.reaction r
    WHERE r.application = m.application AND r.channel = m.channel AND r.message = m.message
) AS heard
FROM kickbot.message m WHERE application = $1 AND created_at >= now() - $2::interval AND NOT outside
ORDER BY created_at DESC
"""

ORIGIN = {
    "take": "SELECT 'take:' || $1::bigint",
    "kick": f"""
    SELECT {kick_rows.ORIGIN} FROM public.kickgen_generatedkick k
    LEFT JOIN kickbot.kick_detail d ON d.kick_id = k.id WHERE k.id = $1
    """,
    "preset": f"SELECT {kick_rows.ORIGIN} FROM public.presets_preset p {kick_rows.KICK_OF_PRESET} WHERE p.id = $1",
}

SAVES = {kind: f"SELECT count(*) FROM kickbot.saved s WHERE s.origin = ({origin})" for kind, origin in ORIGIN.items()}

KEEPERS = {
    kind: f"""
    SELECT i.realm, i.external_id, i.display_name
    FROM kickbot.saved s JOIN kickbot.identity i ON i.account_id = s.account_id
    WHERE s.origin = ({origin}) AND i.platform = $2
    """
    for kind, origin in ORIGIN.items()
}

# What the message showed may be deleted meanwhile, and the message with it.
HEAR = """
INSERT INTO kickbot.reaction (application, channel, message, mark)
SELECT application, channel, message, $4 FROM kickbot.message
WHERE application = $1 AND channel = $2 AND message = $3 FOR KEY SHARE
ON CONFLICT DO NOTHING
"""

REACTION = "application = $1 AND channel = $2 AND message = $3 AND mark = $4"

UNHEAR = f"DELETE FROM kickbot.reaction WHERE {REACTION}"

HEARD = f"SELECT mark FROM kickbot.reaction WHERE {REACTION}"
