"""The statement for a page of what a place shows, put together from what is asked for."""

from dataclasses import dataclass, field

from core.library.browsing import Query
from core.people import Place
from db import kick_rows
from db.library.preset_rows import SAVED, time

PLACES = ("platform = $2 AND place = $3", "platform = 'operator' AND place = ''")


def statement(account: int, place: Place, query: Query, count: int) -> tuple[str, list[object]]:
    """The statement and its values; rows are as `listed.listed` reads them, in the order in which they were met.

    What the place shows and what the operator shows are each read in the order of an index; only the page is joined.
    """
    ask = Asked([*kick_rows.guest(account, place), count])
    order = f"key {'ASC' if query.backwards else 'DESC'}, id {'ASC' if query.backwards else 'DESC'}"
    by, conditions = _by(query, ask), " AND ".join(["true", *_filters(query, ask), *_beyond(query, ask)])
    branches = " UNION ALL ".join(
        f"""
        (SELECT * FROM (SELECT *, {_key(query)} AS key FROM kickbot.share WHERE {where}{by}) AS s
        WHERE {conditions} ORDER BY {order} LIMIT $4)
        """
        for where in PLACES
    )
    sql = f"""
    WITH s AS MATERIALIZED (SELECT * FROM ({branches}) AS s ORDER BY {order} LIMIT $4)
    SELECT {kick_rows.PRESET}, {kick_rows.KICK}, {SAVED}, p.user_id = $1 AS mine, s.key, s.id AS entry, s.maker,
        s.saves, s.platform <> 'operator' AS shared
    FROM s JOIN public.presets_preset p ON p.id = s.preset_id {kick_rows.KICK_OF_PRESET}
    WHERE p.is_shared = (s.platform = 'operator')
    ORDER BY {order.replace("id ", "s.id ")}
    """
    return sql, ask.values


@dataclass(frozen=True, slots=True)
class Asked:
    """The values of a query that is put together: each is asked for by the number it is given."""

    values: list[object] = field(default_factory=list)

    def __call__(self, value: object) -> str:
        """The placeholder of one more value."""
        self.values.append(value)
        return f"${len(self.values)}"


def _key(query: Query) -> str:
    return "shared_at" if query.sort == "newest" else "saves"


def _by(query: Query, ask: Asked) -> str:
    """All of one maker, found before anything is put in order.

    PostgreSQL takes any name for one with an average number of presets, and would go through a whole place, in its
    order, for somebody who has few. The offset keeps it from that.
    """
    if query.maker is None:
        return ""
    return f" AND lower(replace(maker, ' ', '')) = lower({ask(query.maker)}) OFFSET 0"


def _filters(query: Query, ask: Asked) -> list[str]:
    found = []
    if query.words:
        found.append(f"words @> kickbot.words({ask(' '.join(query.words))})")
    if query.note is not None and query.note.semitone is not None:
        found.append(f"semitone = {ask(query.note.semitone)}")
    elif query.note is not None:
        found.append(f"semitone % 12 = {ask(query.note.index)}")
    if query.shortest is not None:
        found.append(f"seconds >= {ask(query.shortest)}")
    if query.longest is not None:
        found.append(f"seconds <= {ask(query.longest)}")
    return found


def _beyond(query: Query, ask: Asked) -> list[str]:
    if query.cursor is None:
        return []
    value = ask(time(query.cursor.key)) if query.sort == "newest" else f"{ask(query.cursor.key)}::bigint"
    return [f"(key, id) {'>' if query.backwards else '<'} ({value}, {ask(query.cursor.id)}::bigint)"]
