"""Shares: presets shown in places, and browsed there a page at a time."""

from dataclasses import dataclass, field
from datetime import datetime

from core.browsing import Listed, Query
from core.people import Place
from db import keeping, sounds
from db.copying import COPIED, SOURCE
from db.database import Database
from db.listed import SAVED, listed, time


@dataclass(frozen=True, slots=True)
class Shares:
    """`core.stores.shares.Shares` in PostgreSQL; its methods are documented there."""

    database: Database

    async def share(self, account: int, preset: int, place: Place, maker: str, now: datetime) -> bool:
        async with self.database.transaction() as transaction:
            await keeping.hold(transaction, account)
            shared = await transaction.fetchval(SHARE, account, preset, place.platform, place.id, maker, now)
            return shared is not None

    async def unshare(self, account: int, preset: int, place: Place, *, moderator: bool) -> bool:
        asked = (account, preset, place.platform, place.id, moderator)
        return await self.database.fetchval(UNSHARE, *asked) is not None

    async def page(self, account: int, place: Place, query: Query, count: int) -> list[Listed]:
        asked = Asked([account, place.platform, place.id, count])
        found = await self.database.fetch(_page(query, asked), *asked.values)
        shown = [listed(row) for row in found]
        return shown[::-1] if query.cursor and query.cursor.side == "before" else shown

    async def left(self, platform: str, place: str) -> int:
        dropped: int = await self.database.fetchval(LEFT, platform, place)
        return dropped


@dataclass(frozen=True, slots=True)
class Asked:
    """The values of a query that is put together: each is asked for by the number it is given."""

    values: list[object] = field(default_factory=list)

    def __call__(self, value: object) -> str:
        """The placeholder of one more value."""
        self.values.append(value)
        return f"${len(self.values)}"


def _page(query: Query, ask: Asked) -> str:
    """The statement for a page. Place and operator are read each in the order of an index, and only then joined."""
    key = "s.shared_at" if query.sort == "newest" else "s.saves"
    backwards = query.cursor is not None and query.cursor.side == "before"
    order = f"{key} {'' if backwards else 'DESC'}, s.id {'' if backwards else 'DESC'}"
    conditions = "".join(f" AND {condition}" for condition in [*_filters(query, ask), *_beyond(query, key, ask)])
    branches = " UNION ALL ".join(
        f"(SELECT s.*, {key} AS key FROM kickbot.share s WHERE {where}{conditions} ORDER BY {order} LIMIT $4)"
        for where in ("s.platform = $2 AND s.place = $3", "s.platform = 'operator' AND s.place = ''")
    )
    return f"""
    WITH s AS MATERIALIZED (SELECT * FROM ({branches}) AS s ORDER BY {order.replace(key, "s.key")} LIMIT $4)
    SELECT {sounds.PRESET}, {sounds.KICK}, {SAVED}, p.user_id = $1 AS mine, s.key, s.id AS entry, s.maker, s.saves,
        s.platform <> 'operator' AS shared
    FROM s JOIN public.presets_preset p ON p.id = s.preset_id {sounds.KICK_OF_PRESET}
    WHERE p.is_shared = (s.platform = 'operator')
    ORDER BY {order.replace(key, "s.key")}
    """


def _filters(query: Query, ask: Asked) -> list[str]:
    found = []
    if query.words:
        found.append(f"s.words @> kickbot.words({ask(' '.join(query.words))})")
    if query.note is not None and query.note.semitone is not None:
        found.append(f"s.semitone = {ask(query.note.semitone)}")
    elif query.note is not None:
        found.append(f"s.semitone % 12 = {ask(query.note.index)}")
    if query.shortest is not None:
        found.append(f"s.seconds >= {ask(query.shortest)}")
    if query.longest is not None:
        found.append(f"s.seconds <= {ask(query.longest)}")
    if query.maker is not None:
        found.append(f"lower(replace(s.maker, ' ', '')) = lower({ask(query.maker)})")
    return found


def _beyond(query: Query, key: str, ask: Asked) -> list[str]:
    if query.cursor is None:
        return []
    cursor, sign = query.cursor, ">" if query.cursor.side == "before" else "<"
    value = ask(time(cursor.key) if query.sort == "newest" else cursor.key)
    return [f"({key}, s.id) {sign} ({value}, {ask(cursor.id)}::bigint)"]


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

LEFT = """
WITH dropped AS (DELETE FROM kickbot.share WHERE platform = $1 AND place = $2 RETURNING id) SELECT count(*) FROM dropped
"""
