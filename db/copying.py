"""What a share copies of its preset, to be filtered by."""

from db import sounds

COPIED = "copied_at, origin, words, hz, seconds"

SOURCE = f"""
p.updated_at AS copied_at, {sounds.ORIGIN} AS origin, kickbot.words(p.preset_name, d.prompt) AS words, d.hz, d.seconds
FROM public.presets_preset p {sounds.KICK_OF_PRESET}
"""

_SET = ", ".join(f"{column} = fresh.{column}" for column in COPIED.split(", "))

RECOPY = f"""
UPDATE kickbot.share s SET {_SET} FROM (SELECT p.id, {SOURCE} WHERE p.id = $1) AS fresh WHERE s.preset_id = fresh.id
"""

# Of a kick of the web app there are facts once it has been measured, which changes no preset.
RECOPY_CHANGED = f"""
UPDATE kickbot.share s SET {_SET} FROM (
    SELECT stale.id, {SOURCE} JOIN kickbot.share stale ON stale.preset_id = p.id
    WHERE stale.copied_at <> p.updated_at OR (stale.platform = 'operator' AND stale.hz IS DISTINCT FROM d.hz)
) AS fresh
WHERE s.id = fresh.id
"""

# What the operator shows everywhere is shared nowhere else.
DROP_OPERATORS = """
DELETE FROM kickbot.share s USING public.presets_preset p
WHERE p.id = s.preset_id AND p.is_shared <> (s.platform = 'operator')
"""

ADD_OPERATORS = f"""
INSERT INTO kickbot.share (preset_id, account_id, platform, place, maker, shared_at, {COPIED})
SELECT p.id, p.user_id, 'operator', '', $1, p.created_at, {SOURCE}
WHERE p.is_shared AND NOT EXISTS (SELECT FROM kickbot.share s WHERE s.preset_id = p.id AND s.platform = 'operator')
ON CONFLICT (preset_id, platform, place) DO NOTHING
"""
