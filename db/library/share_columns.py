"""What a share copies of its preset, to be filtered by."""

from db import kick_rows

COPIED = "copied_at, origin, words, hz, seconds"

SOURCE = f"""
p.updated_at AS copied_at, {kick_rows.ORIGIN} AS origin, kickbot.words(p.preset_name, d.prompt) AS words,
d.hz, d.seconds
FROM public.presets_preset p {kick_rows.KICK_OF_PRESET}
"""

_SET = ", ".join(f"{column} = fresh.{column}" for column in COPIED.split(", "))

RECOPY = f"""
UPDATE kickbot.share s SET {_SET} FROM (SELECT p.id, {SOURCE} WHERE p.id = $1) AS fresh WHERE s.preset_id = fresh.id
"""

# Of a kick of the web app there are facts once it has been measured, which changes no preset. Ten times as many are
# looked at as may be copied: mostly few have changed. Rows that somebody else changes just now are left alone, so that
# neither waits for the other. Its value is the last id that is done with, where there may be more behind it.
RECOPY_CHANGED = f"""
WITH looked AS MATERIALIZED (
    SELECT id, preset_id, platform, copied_at, hz FROM kickbot.share WHERE id > $2 ORDER BY id LIMIT $1::bigint * 10
), stale AS MATERIALIZED (
    SELECT s.id FROM looked s JOIN public.presets_preset p ON p.id = s.preset_id
    WHERE s.copied_at <> p.updated_at
    UNION ALL
    SELECT s.id FROM looked s JOIN public.presets_preset p ON p.id = s.preset_id {kick_rows.KICK_OF_PRESET}
    WHERE s.platform = 'operator' AND s.copied_at = p.updated_at AND s.hz IS DISTINCT FROM d.hz
), batch AS MATERIALIZED (
    SELECT id FROM stale ORDER BY id LIMIT $1
), held AS (
    SELECT id, preset_id FROM kickbot.share WHERE id = ANY(ARRAY(SELECT id FROM batch)) ORDER BY id
    FOR UPDATE SKIP LOCKED
), recopied AS (
    UPDATE kickbot.share s SET {_SET} FROM (
        SELECT held.id, {SOURCE} JOIN held ON held.preset_id = p.id
    ) AS fresh
    WHERE s.id = fresh.id
)
SELECT CASE
    WHEN (SELECT count(*) FROM batch) = $1 THEN (SELECT max(id) FROM batch)
    WHEN (SELECT count(*) FROM looked) = $1 * 10 THEN (SELECT max(id) FROM looked)
END
"""

# What the operator shows everywhere is shared nowhere else.
DROP_OPERATORS = """
WITH wrong AS (
    SELECT s.id FROM kickbot.share s JOIN public.presets_preset p ON p.id = s.preset_id
    WHERE s.platform = 'operator' AND NOT p.is_shared
    UNION ALL
    SELECT s.id FROM public.presets_preset p JOIN kickbot.share s ON p.id = s.preset_id
    WHERE s.platform <> 'operator' AND p.is_shared
), held AS (
    SELECT id FROM kickbot.share WHERE id IN (SELECT id FROM wrong) ORDER BY id LIMIT $1 FOR UPDATE SKIP LOCKED
), dropped AS (
    DELETE FROM kickbot.share WHERE id IN (SELECT id FROM held) RETURNING id
)
SELECT count(*) FROM dropped
"""

ADD_OPERATORS = f"""
WITH added AS (
    INSERT INTO kickbot.share (preset_id, account_id, platform, place, maker, shared_at, {COPIED})
    SELECT p.id, p.user_id, 'operator', '', $2, p.created_at, {SOURCE}
    WHERE p.is_shared AND NOT EXISTS (
        SELECT FROM kickbot.share s WHERE s.preset_id = p.id AND s.platform = 'operator'
    )
    ORDER BY p.id LIMIT $1
    ON CONFLICT (preset_id, platform, place) DO NOTHING
    RETURNING id
)
SELECT count(*) FROM added
"""
