"""Saving and taking a save back, in the transaction of the caller."""

from datetime import datetime

from core import errors
from core.kicks import Preset
from core.names import LONGEST, numbered
from core.refs import Ref
from core.stores.library import Keep, Kept, Undone
from db import kick_rows, rows
from db.accounts import users
from db.postgres.database import Statements, Transaction

ALIKE = LONGEST - 6
"""Whatever number a name gets, up to 99999, it keeps these many first letters, but for spaces at their end."""


async def keep(transaction: Transaction, account: int, keep: Keep, now: datetime) -> Kept:
    """See `core.stores.library.LibraryRows.keep`."""
    await hold(transaction, account)
    origin = str(keep.sound.origin)
    state = await transaction.fetchrow(STATE, account, origin, keep.kick, keep.take, keep.sound.name, keep.preset)
    if state is None:
        raise errors.AccountGone
    if state["preset_id"] is not None:
        return Kept(await _preset(transaction, account, state["preset_id"]), fresh=False)
    kick, name, brought = state["kick_id"], state["kick_name"], state["kick_id"] is None
    if brought:
        if state["kept"] >= keep.limit:
            raise await full(transaction, account, keep.limit)
        name = _free(keep.sound.name, state["kick_names"])
        kick = await _add_kick(transaction, account, keep, name)
    values = kick_rows.amount_values(keep.amounts)
    preset = _free(keep.preset, state["preset_names"])
    added = await transaction.fetchval(ADD_PRESET, account, origin, kick, name, preset, now, brought, *values)
    return Kept(await _preset(transaction, account, added), fresh=True)


async def undo(transaction: Transaction, account: int, ref: Ref) -> Undone | None:
    """See `core.stores.library.LibraryRows.undo`."""
    await hold(transaction, account)
    found = await transaction.fetchrow(UNDOABLE[ref.kind], account, ref.id)
    if found is None:
        return None
    if found["because"] is not None:
        return Undone(found["preset_name"], because=found["because"])
    await transaction.execute("DELETE FROM public.presets_preset WHERE user_id = $1 AND id = $2", account, found["id"])
    if not found["brought"]:
        await transaction.execute(
            "DELETE FROM kickbot.saved WHERE account_id = $1 AND kick_id = $2", account, found["kick_id"]
        )
        return Undone(found["preset_name"])
    path = await transaction.fetchval(DELETE_KICK, account, found["kick_id"])
    await transaction.execute(BELIEVE_TAKE, found["storage_path"])
    return Undone(found["preset_name"], path=path)


async def full(statements: Statements, account: int, limit: int) -> errors.LibraryFull:
    """The refusal that names what could go: what no preset plays, then the oldest."""
    found = await statements.fetch(COULD_GO, account)
    names = ", ".join(
        f"{row['name']} ({'which no preset plays' if row['idle'] else row['created_at']})" for row in found
    )
    return errors.LibraryFull(kept=found[0]["kept"] if found else 0, limit=limit, could_go=names)


async def hold(transaction: Transaction, account: int) -> None:
    """Let the account's library be changed by nobody else until the transaction ends."""
    if not await users.held(transaction, account, account):
        raise errors.AccountGone


def alike(name: str, wanted: str) -> str:
    """An SQL condition: the name stands in the way of the wanted one or of one of its numbers, if any does."""
    return f"starts_with(lower({name}), lower(rtrim(left({wanted}, {ALIKE}))))"


def _free(name: str, names: list[str]) -> str:
    taken = {other.lower() for other in names}
    return name if name.lower() not in taken else numbered(name, taken)


async def _add_kick(transaction: Transaction, account: int, keep: Keep, name: str) -> int:
    sound = keep.sound
    values = (account, name, keep.url, sound.path, sound.created, str(sound.origin))
    recipe = rows.recipe_values(sound.recipe) if sound.recipe else (None,) * 8
    facts = rows.facts_values(sound.facts) if sound.facts else (None,) * 4
    added: int | None = await transaction.fetchval(ADD_KICK, *values, keep.take, *recipe, *facts)
    if added is None:
        raise errors.NoSuchTake
    return added


async def _preset(transaction: Transaction, account: int, preset: int) -> Preset:
    found = await transaction.fetchrow(PRESET, account, preset)
    if found is None:  # the web app has deleted it just now
        raise errors.NoSuchPreset
    return kick_rows.preset(found)


TAKEN = "SELECT name::text FROM ({names}) AS of_account (name) WHERE {alike}"

KICK_NAMES = """
SELECT name FROM public.kickgen_generatedkick WHERE user_id = $1
UNION ALL SELECT name FROM kickbot.take WHERE account_id = $1 AND id IS DISTINCT FROM $4
UNION ALL SELECT name FROM kickbot.job WHERE account_id = $1 AND state = 'running'
"""

PRESET_NAMES = "SELECT preset_name FROM public.presets_preset WHERE user_id = $1"

# A kick of the library that is this sound (after a merge there may be two), one of its presets, and what a new one
# must not be called.
STATE = f"""
WITH had AS (
    SELECT kick_id, preset_id FROM kickbot.saved WHERE account_id = $1 AND origin = $2
), kick AS (
    SELECT k.id, k.name FROM public.kickgen_generatedkick k LEFT JOIN kickbot.kick_detail d ON d.kick_id = k.id
    WHERE k.user_id = $1 AND {kick_rows.ORIGIN} = $2
    ORDER BY k.id IS DISTINCT FROM (SELECT kick_id FROM had), k.id IS DISTINCT FROM $3, k.id LIMIT 1
)
SELECT kick.id AS kick_id, kick.name::text AS kick_name, (
    SELECT p.id FROM public.presets_preset p WHERE p.user_id = $1 AND p.kick_sample = kick.name
    ORDER BY p.id IS DISTINCT FROM (SELECT preset_id FROM had), p.id LIMIT 1
) AS preset_id,
{kick_rows.KEPT} AS kept,
array({TAKEN.format(names=KICK_NAMES, alike=alike("name", "$5"))}) AS kick_names,
array({TAKEN.format(names=PRESET_NAMES, alike=alike("name", "$6"))}) AS preset_names
FROM (SELECT) AS always LEFT JOIN kick ON true
"""

# The file is a take's, which must not expire meanwhile, or one that was set aside and is not yet swept.
ADD_KICK = f"""
WITH take AS (
    SELECT id FROM kickbot.take
    WHERE id = $7 AND account_id = $1 AND path = $4 AND expires_at > now() AND doubted_at IS NULL FOR KEY SHARE
), aside AS (
    DELETE FROM kickbot.trash WHERE path = $4 AND due > now() RETURNING path
), kick AS (
    INSERT INTO public.kickgen_generatedkick (name, audio_url, storage_path, created_at, user_id)
    SELECT $2, $3, $4, $5, $1 WHERE EXISTS (SELECT FROM take) OR EXISTS (SELECT FROM aside)
    RETURNING id
)
INSERT INTO kickbot.kick_detail (kick_id, web_made, origin, {rows.RECIPE}, {rows.FACTS})
SELECT id, false, $6, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19 FROM kick
RETURNING kick_id
"""

ADD_PRESET = f"""
WITH preset AS (
    INSERT INTO public.presets_preset (user_id, kick_sample, preset_name, created_at, updated_at, is_shared,
                                       {kick_rows.AMOUNTS})
    VALUES ($1, $4, $5, $6, $6, false, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)
    RETURNING id
)
INSERT INTO kickbot.saved (account_id, origin, kick_id, preset_id, saved_at, brought)
SELECT $1, $2, $3, id, $6, $7 FROM preset
ON CONFLICT (account_id, origin) DO UPDATE
SET kick_id = excluded.kick_id, preset_id = excluded.preset_id, brought = excluded.brought
RETURNING preset_id
"""

PRESET = f"""
SELECT {kick_rows.PRESET}, {kick_rows.KICK} FROM public.presets_preset p {kick_rows.KICK_OF_PRESET}
WHERE p.user_id = $1 AND p.id = $2
"""

UNDO = """
SELECT p.id, p.preset_name::text AS preset_name, s.kick_id, k.storage_path, s.brought, CASE
    WHEN p.updated_at <> p.created_at THEN 'changed'
    WHEN p.is_shared OR EXISTS (SELECT FROM kickbot.share WHERE preset_id = p.id)
        OR EXISTS (SELECT FROM kickbot.message WHERE preset_id = p.id OR kick_id = k.id) THEN 'shown'
    WHEN EXISTS (
        SELECT FROM public.presets_preset o WHERE o.user_id = $1 AND o.kick_sample = k.name AND o.id <> p.id
    ) THEN 'used'
END AS because
FROM kickbot.saved s
JOIN public.presets_preset p ON p.id = s.preset_id
JOIN public.kickgen_generatedkick k ON k.id = s.kick_id
WHERE s.account_id = $1 AND s.origin = ({origin})
"""

# One's own kick or preset was not saved from its own card.
UNDOABLE = {
    "take": UNDO.format(origin="'take:' || $2::bigint"),
    "kick": UNDO.format(
        origin=f"""
        SELECT {kick_rows.ORIGIN} FROM public.kickgen_generatedkick k
        LEFT JOIN kickbot.kick_detail d ON d.kick_id = k.id
        WHERE k.id = $2 AND k.user_id <> $1
        """
    ),
    "preset": UNDO.format(
        origin=f"""
        SELECT {kick_rows.ORIGIN} FROM public.presets_preset p {kick_rows.KICK_OF_PRESET}
        WHERE p.id = $2 AND p.user_id <> $1 AND k.id IS NOT NULL
        """
    ),
}

# A take keeps its file until it expires.
DELETE_KICK = """
WITH deleted AS (
    DELETE FROM public.kickgen_generatedkick WHERE user_id = $1 AND id = $2 RETURNING storage_path
), thrown AS (
    SELECT storage_path FROM deleted WHERE NOT EXISTS (SELECT FROM kickbot.take WHERE path = storage_path)
)
INSERT INTO kickbot.trash (path, due) SELECT storage_path, now() FROM thrown
ON CONFLICT (path) DO UPDATE SET due = least(trash.due, excluded.due)
RETURNING path
"""

# A trigger takes every deletion of a kick for the web app's, which removes the file first.
BELIEVE_TAKE = "UPDATE kickbot.take SET doubted_at = NULL WHERE path = $1"

COULD_GO = """
SELECT k.name, k.created_at, count(*) OVER () AS kept, NOT EXISTS (
    SELECT FROM public.presets_preset p WHERE p.user_id = $1 AND p.kick_sample = k.name
) AS idle
FROM public.kickgen_generatedkick k WHERE k.user_id = $1 ORDER BY idle DESC, k.created_at, k.id LIMIT 3
"""
