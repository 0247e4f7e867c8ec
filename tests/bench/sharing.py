"""A place where a great many presets are shared."""

from core.people import Place
from db.postgres.database import Database

PLACE = Place("test-bot", "discord", id="server", channel="general")


async def fill(database: Database, presets: int, accounts: int = 3334) -> None:
    """So many presets, some thirty of an account, each on a kick of its own, shared in `PLACE`; a few elsewhere too.

    Each word is rarer than the one before: `word0` is in every preset, `word1` in every second one, `word2` in every
    fourth one, and so on; every one is `odd` or `even`. One preset in a thousand is the operator's instead.
    """
    for statement in (USERS, IDENTITIES):
        await database.execute(statement, accounts)
    for statement in (KICKS, DETAILS, PRESETS):
        await database.execute(statement, presets, accounts)
    await database.execute("ALTER TABLE kickbot.share DISABLE TRIGGER count_saves")
    await database.execute(SHARES, presets, accounts)
    await database.execute("ALTER TABLE kickbot.share ENABLE TRIGGER count_saves")
    await database.execute(ELSEWHERE)
    await database.execute(OPERATORS)
    await database.execute("VACUUM ANALYZE")


USERS = """
INSERT INTO auth_user (password, is_superuser, username, first_name, last_name, email, is_staff, is_active,
                       date_joined)
SELECT '!', false, 'chat-' || n, '', '', '', false, true, now() FROM generate_series(1, $1::int) AS n
"""

IDENTITIES = """
INSERT INTO kickbot.identity (platform, realm, external_id, display_name, account_id)
SELECT 'discord', '', 'id-' || n, 'maker ' || n, n FROM generate_series(1, $1::int) AS n
"""

KICKS = """
INSERT INTO kickgen_generatedkick (name, audio_url, storage_path, created_at, user_id)
SELECT 'AI: ' || n, 'https://x.example/' || n, n || '.wav', current_date, 1 + n % $2::int
FROM generate_series(1, $1::int) AS n
"""

DETAILS = """
INSERT INTO kickbot.kick_detail (kick_id, web_made, origin, prompt, engine, revision, hz, seconds, peak_db, lufs)
SELECT n, false, 'take:' || n, 'hit house', 'synth', '1', 30 + n % 71, 0.1 + n % 997 / 1000.0, -1, -9
FROM generate_series(1, $1::int) AS n, (SELECT $2::int) AS unused
"""

PRESETS = """
INSERT INTO presets_preset (preset_name, bpm, kick_sample, kick_len, kick_dist_amt, kick_ott_amt, noise_sample,
    noise_low_pass_freq, noise_high_pass_freq, noise_volume, reverb_sample, reverb_low_pass_freq,
    reverb_high_pass_freq, reverb_volume, master_ott_amt, master_dist_amt, master_limiter_amt, created_at, updated_at,
    user_id, is_shared)
SELECT 'preset ' || n, 140, 'AI: ' || n, 1, 0, 0, 'Black', 7000, 30, -70, 'dark', 7000, 30, -6, 0, 0, 1.5, now(),
    now(), 1 + n % $2::int, n % 1000 = 7
FROM generate_series(1, $1::int) AS n
"""

SHARES = """
INSERT INTO kickbot.share (preset_id, account_id, platform, place, maker, shared_at, copied_at, origin, words, hz,
                           seconds, saves)
SELECT n, 1 + n % $2::int, 'discord', 'server', 'maker ' || 1 + n % $2::int, now() - n * interval '1 minute',
    now(), 'take:' || n, array(
        SELECT 'word' || level FROM generate_series(0, 16) AS level WHERE n % (1 << level) = 0
        UNION ALL SELECT CASE WHEN n % 2 = 0 THEN 'even' ELSE 'odd' END
    ), 30 + n % 71, 0.1 + n % 997 / 1000.0, (abs(hashint4(n)) % 1000)
FROM generate_series(1, $1::int) AS n WHERE n % 1000 <> 7
"""

ELSEWHERE = """
INSERT INTO kickbot.share (preset_id, account_id, platform, place, maker, shared_at, copied_at, origin, words)
SELECT preset_id, account_id, platform, 'server ' || id % 10, maker, shared_at, now(), NULL, words
FROM kickbot.share WHERE id % 100 = 0
"""

OPERATORS = """
INSERT INTO kickbot.share (preset_id, account_id, platform, place, maker, shared_at, copied_at, origin, words)
SELECT id, user_id, 'operator', '', 'KickWithReverb', now() - id * interval '1 minute', now(), NULL, '{word0,word1}'
FROM presets_preset WHERE is_shared
"""

QUERIES = {
    "newest": "",
    "most saved": "sort:saves",
    "a word in every second": "word1",
    "a word in every hundredth": "word7",
    "a word in ten": "word13",
    "a word in one, most saved": "word16 sort:saves",
    "two common words that never meet": "odd even",
    "words that meet in none": "word3 nothing",
    "a note": "note:f1",
    "a note of no kick": "note:c9",
    "a note in any octave, most saved": "note:f sort:saves",
    "a length": "min:0.5 max:0.6",
    "a length of no kick": "max:0.05",
    "a length of no kick, most saved": "min:2 sort:saves",
    "a maker": "by:maker7",
    "nobody": "by:nobody sort:saves",
    "all at once": "word2 note:a1 min:0.2 max:0.9 by:maker9",
}
