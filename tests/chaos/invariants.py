"""What must hold when the storm is over, whatever happened in it. Each says what is wrong, or nothing."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from core.files import picture_path
from db.postgres.database import Database
from tests.chaos import counting, watching
from tests.chaos.watching import Seen


async def broken(database: Database, folder: Path) -> list[str]:
    """All that is wrong between rows, and between rows and the files in the folder."""
    log = await watching.seen(database)
    used = {row["subject"]: int(row["used"]) for row in await database.fetch(USED)}
    paths = {row["path"] for row in await database.fetch(PATHS)}
    rows = [f"{what}: {dict(row)}" for what, sql in NOTHING.items() for row in await database.fetch(sql)]
    return [*rows, *_takes(log), *counting.wrong(log, used), *_files(paths, folder)]


def _takes(log: list[Seen]) -> Iterator[str]:
    """Each job is filed once, and one that was made has made one take."""
    for what in ("filed", "running", "made", "done"):
        for job, times in Counter(one.job for one in log if one.what == what).items():
            if times > 1:
                yield f"job {job} was {what} {times} times"
    made = Counter(one.job for one in log if one.what == "made")
    taken = Counter(one.job for one in log if one.what == "take")
    for job in made.keys() | taken.keys():
        if made[job] != taken[job]:
            yield f"job {job} was made {made[job]} times and has {taken[job]} takes"


def _files(paths: set[str], folder: Path) -> Iterator[str]:
    """Every row has its sound and its picture, every file its row."""
    wanted = paths | {picture_path(path) for path in paths}
    found = {str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file()}
    for path in sorted(wanted - found):
        yield f"{path} has a row and no file"
    for path in sorted(found - wanted):
        yield f"{path} has a file and no row"


USED = "SELECT subject, sum(used) AS used FROM kickbot.usage GROUP BY subject"

PATHS = "SELECT path FROM kickbot.take UNION SELECT storage_path FROM public.kickgen_generatedkick"

NOTHING = {
    "a job is open": "SELECT id, state, attempts FROM kickbot.job WHERE state IN ('queued', 'running', 'made')",
    "a job has lost its take": """
        SELECT id FROM kickbot.job j WHERE state = 'done'
        AND NOT EXISTS (SELECT FROM kickbot.take WHERE job_id = j.id)
        AND NOT EXISTS (SELECT FROM chaos.seen s WHERE s.what = 'untake' AND s.job = j.id)
    """,
    "two kicks have one name": """
        SELECT account, name, count(*) FROM (
            SELECT account_id AS account, name, path FROM kickbot.take
            UNION SELECT user_id, name, storage_path FROM public.kickgen_generatedkick
        ) AS kicks GROUP BY account, name HAVING count(*) > 1
    """,
    "two kicks have one file": """
        SELECT storage_path, count(*) FROM public.kickgen_generatedkick GROUP BY storage_path HAVING count(*) > 1
    """,
    "a kick has no detail": """
        SELECT id FROM public.kickgen_generatedkick k
        WHERE NOT EXISTS (SELECT FROM kickbot.kick_detail WHERE kick_id = k.id)
    """,
    "a preset plays nothing": """
        SELECT id, kick_sample FROM public.presets_preset p WHERE NOT EXISTS (
            SELECT FROM public.kickgen_generatedkick k WHERE k.user_id = p.user_id AND k.name = p.kick_sample
        )
    """,
    "what is saved is another account's": """
        SELECT s.account_id, s.origin FROM kickbot.saved s JOIN public.kickgen_generatedkick k ON k.id = s.kick_id
        LEFT JOIN public.presets_preset p ON p.id = s.preset_id
        WHERE k.user_id <> s.account_id OR p.user_id <> s.account_id
    """,
    "a share is another account's": """
        SELECT s.id FROM kickbot.share s JOIN public.presets_preset p ON p.id = s.preset_id
        WHERE p.user_id <> s.account_id
    """,
    "saves are counted wrongly": """
        SELECT id, saves, really FROM kickbot.share s, LATERAL (
            SELECT count(*) AS really FROM kickbot.saved v WHERE v.origin = s.origin AND v.account_id <> s.account_id
        ) AS counted WHERE saves <> really
    """,
    "a message shows nothing": """
        SELECT message FROM kickbot.message WHERE num_nonnulls(take_id, kick_id, preset_id) <> 1
    """,
    "somebody has two accounts": """
        SELECT platform, realm, external_id FROM kickbot.identity GROUP BY 1, 2, 3 HAVING count(*) > 1
    """,
    "an account is nobody's": """
        SELECT id FROM public.auth_user u WHERE NOT EXISTS (SELECT FROM kickbot.identity WHERE account_id = u.id)
    """,
    "a file is trash for ever": "SELECT path, due FROM kickbot.trash",
}
"""Queries that must find nothing, by what it means when they do."""
