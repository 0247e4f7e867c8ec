"""Kicks and presets read from joined rows, and who may see them.

A query names the tables so: `p` a preset, `k` a kick of a library, `d` the kick's detail, `t` a take.
"""

from dataclasses import fields

import asyncpg

from core import refs
from core.kicks import Amounts, Kick, Preset, Sound
from core.people import Place
from db import rows

ORIGIN = "coalesce(d.origin, 'kick:' || k.id)"

KICK = f"""
k.id AS kick_id, k.user_id AS kick_account, k.name AS kick_name, k.storage_path, k.created_at AS kick_created,
{ORIGIN} AS origin, d.kick_id IS NOT NULL AS measured,
{", ".join(f"d.{column}" for column in f"{rows.RECIPE}, {rows.FACTS}".split(", "))}
"""

# How many kicks the library of account $1 holds.
KEPT = "(SELECT count(*) FROM public.kickgen_generatedkick WHERE user_id = $1)"

AMOUNTS = ", ".join(field.name for field in fields(Amounts))

PRESET = f"""
p.id AS preset_id, p.user_id AS preset_account, p.preset_name, p.kick_sample, p.is_shared,
p.created_at AS preset_created, p.updated_at AS preset_updated,
{", ".join(f"p.{field.name}" for field in fields(Amounts))}
"""

# The web app lets two kicks of one account have the same name; the older one is what its presets play.
KICK_OF_PRESET = """
LEFT JOIN LATERAL (
    SELECT * FROM public.kickgen_generatedkick named
    WHERE named.user_id = p.user_id AND named.name = p.kick_sample ORDER BY named.id LIMIT 1
) k ON true
LEFT JOIN kickbot.kick_detail d ON d.kick_id = k.id
"""

# The first values of every query that uses these are those of `reader`, for presets those of `visitor`.
MAY_SEE_TAKE = """
(t.account_id = $1 OR EXISTS (
    SELECT FROM kickbot.message m WHERE m.take_id = t.id AND m.application = $2 AND m.channel = $3
))
"""

MAY_SEE_KICK = """
(k.user_id = $1 OR EXISTS (
    SELECT FROM kickbot.message m WHERE m.kick_id = k.id AND m.application = $2 AND m.channel = $3
))
"""

MAY_SEE_PRESET = """
(p.user_id = $1 OR p.is_shared OR EXISTS (
    SELECT FROM kickbot.share s WHERE s.preset_id = p.id AND s.platform = $2 AND s.place = $3
) OR EXISTS (
    SELECT FROM kickbot.message m WHERE m.preset_id = p.id AND m.application = $4 AND m.channel = $5
))
"""


def in_library(origin: str) -> str:
    """An SQL condition: the library of account $1 holds the sound of that origin."""
    return f"""
    EXISTS (
        SELECT FROM public.kickgen_generatedkick own LEFT JOIN kickbot.kick_detail known ON known.kick_id = own.id
        WHERE own.user_id = $1 AND coalesce(known.origin, 'kick:' || own.id) = {origin}
    )
    """


def reader(account: int, place: Place) -> tuple[int | str, ...]:
    """Who asks, and in which channel: what is shown there may be seen."""
    return (account, place.application, place.channel)


def guest(account: int, place: Place) -> tuple[int | str, ...]:
    """Who asks, and in which place: what is shared there may be seen."""
    return (account, place.platform, place.id)


def visitor(account: int, place: Place) -> tuple[int | str, ...]:
    """Who asks, in which place and in which channel: what is shown there may be seen too."""
    return (*guest(account, place), place.application, place.channel)


def kick(row: asyncpg.Record) -> Kick:
    """A row with the columns `KICK`."""
    origin = refs.parse(row["origin"])
    if origin is None:
        raise ValueError(f"kick {row['kick_id']} is of the unknown origin {row['origin']!r}")
    sound = Sound(
        account=row["kick_account"],
        name=row["kick_name"],
        path=row["storage_path"],
        origin=origin,
        created=row["kick_created"],
        recipe=rows.recipe(row) if row["engine"] is not None else None,
        facts=rows.facts(row) if row["seconds"] is not None else None,
        measured=row["measured"],
    )
    return Kick(row["kick_id"], sound)


def preset(row: asyncpg.Record) -> Preset:
    """A row with the columns `PRESET` and `KICK`, the latter null where the preset's kick is none of its account's."""
    return Preset(
        id=row["preset_id"],
        account=row["preset_account"],
        name=row["preset_name"],
        sample=row["kick_sample"],
        kick=kick(row) if row["kick_id"] is not None else None,
        amounts=Amounts(**{field.name: row[field.name] for field in fields(Amounts)}),
        operators=row["is_shared"],
        created=row["preset_created"],
        updated=row["preset_updated"],
    )


def amount_values(amounts: Amounts) -> tuple[object, ...]:
    """The values of the columns `AMOUNTS`, in their order."""
    return tuple(getattr(amounts, field.name) for field in fields(Amounts))
