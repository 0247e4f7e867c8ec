"""Deleting a kick: the take, the library's kick and the presets that play it, which share one file."""

from core.messages import Posted
from core.refs import Ref
from core.stores.library import Doomed
from db import locks, messages, removals
from db.library import saving
from db.postgres.database import Statements, Transaction


async def doomed(statements: Statements, account: int, ref: Ref) -> Doomed | None:
    """See `core.stores.library.LibraryRows.doomed`."""
    take, kick = (ref.id, None) if ref.kind == "take" else (None, ref.id)
    found = await statements.fetchrow(DOOMED, account, take, kick) if ref.kind != "preset" else None
    if found is None:
        return None
    presets = [(int(number), name) for number, name in zip(found["presets"], found["names"], strict=True)]
    return Doomed(
        name=found["name"],
        path=found["path"],
        kick=found["kick_id"],
        take=found["take_id"],
        presets=tuple(presets),
        operators=tuple(found["operators"]),
    )


async def delete(transaction: Transaction, account: int, wanted: Doomed) -> tuple[Posted, ...] | None:
    """See `core.stores.library.LibraryRows.delete`."""
    await saving.hold(transaction, account)
    if await doomed(transaction, account, wanted.ref) != wanted or wanted.operators:
        return None
    await locks.shown(transaction, account, [number for number, _ in wanted.presets], wanted.kick)
    presets = [str(number) for number, _ in wanted.presets]
    shown = await transaction.fetch(removals.noted(SHOWN), account, wanted.take, wanted.kick, presets)
    await transaction.execute(DELETE, account, wanted.take, wanted.kick, presets, wanted.path)
    return messages.posted(shown)


# Where the web app has given one name to two kicks, its presets play the older one.
DOOMED = """
WITH kick AS (
    SELECT k.id AS kick_id, t.id AS take_id, coalesce(k.name, t.name)::text AS name,
        coalesce(k.storage_path, t.path)::text AS path, k.name AS sample
    FROM (SELECT * FROM public.kickgen_generatedkick WHERE user_id = $1) k
    FULL JOIN (SELECT * FROM kickbot.take WHERE account_id = $1) t ON t.path = k.storage_path
    WHERE t.id = $2 OR k.id = $3
), playing AS (
    SELECT p.id, p.preset_name, p.is_shared FROM public.presets_preset p
    WHERE p.user_id = $1 AND p.kick_sample = (SELECT sample FROM kick) AND NOT EXISTS (
        SELECT FROM public.kickgen_generatedkick o
        WHERE o.user_id = $1 AND o.name = p.kick_sample AND o.id < (SELECT kick_id FROM kick)
    )
)
SELECT kick.*,
    array(SELECT id::text FROM playing WHERE NOT is_shared ORDER BY id) AS presets,
    array(SELECT preset_name::text FROM playing WHERE NOT is_shared ORDER BY id) AS names,
    array(SELECT preset_name::text FROM playing WHERE is_shared ORDER BY id) AS operators
FROM kick
"""

SHOWN = messages.showing(
    take="t.account_id = $1 AND t.id = $2",
    kick="k.user_id = $1 AND k.id = $3",
    preset="p.user_id = $1 AND p.id = ANY($4::text[]::bigint[])",
)

DELETE = """
WITH take AS (
    DELETE FROM kickbot.take WHERE account_id = $1 AND id = $2
), presets AS (
    DELETE FROM public.presets_preset WHERE user_id = $1 AND id = ANY($4::text[]::bigint[])
), kick AS (
    DELETE FROM public.kickgen_generatedkick WHERE user_id = $1 AND id = $3
)
INSERT INTO kickbot.trash (path, due) VALUES ($5, now())
ON CONFLICT (path) DO UPDATE SET due = least(trash.due, excluded.due)
"""
