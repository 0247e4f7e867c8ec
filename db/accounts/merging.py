"""Two accounts become one: all that one has moves to the other, in the transaction of the caller.

The caller holds both accounts (`users.held`) and their identities (`identities.held`), so no library changes and no
job is filed meanwhile. A job that is started or finished waits at its own row, held here before all else, or at the
survivor's row of usage, held before names are compared: no kick of the survivor gets a name that is about to come. All
is held in the order of `db.locks`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from core import days, names
from core.jobs import account_subject
from core.stores.accounts import Renamed
from db import locks, usage
from db.library import share_columns
from db.postgres.database import Transaction

RENDERS_END = timedelta(hours=1)
"""By then a render has stored its object, in the folder of the account that asked for it, and recorded the take."""


@dataclass(frozen=True, slots=True)
class Merging:
    """What `gone` has becomes what `into` has."""

    transaction: Transaction
    gone: int
    into: int
    now: datetime

    async def merge(self) -> tuple[Renamed, ...]:
        """Move it all; what has a new name because the survivor has its old one already."""
        await usage.hold_jobs(self.transaction, self.gone)
        await locks.library(self.transaction, self.gone, self.into)
        await self._add_usage()
        renamed = [*await self._rename_kicks(), *await self._rename_presets()]
        await self.transaction.execute(SET_ASIDE, self.gone, RENDERS_END)
        for statement in MOVES:
            await self.transaction.execute(statement, self.into, self.gone)
        return tuple(renamed)

    async def _add_usage(self) -> None:
        into, gone, today = account_subject(self.into), account_subject(self.gone), days.day(self.now)
        for account in (self.into, self.gone):
            await usage.hold(self.transaction, account, today)
        await usage.carry(self.transaction, gone, into, today)
        await self.transaction.execute(ADD_OTHER_DAYS, into, gone, today)
        await self.transaction.execute(RECHARGE, self.gone, gone, into)

    async def _rename_kicks(self) -> list[Renamed]:
        mine = [row["name"] for row in await self.transaction.fetch(KICK_NAMES, self.gone)]
        theirs = [row["name"] for row in await self.transaction.fetch(KICK_NAMES, self.into)]
        renamed = _renamed(mine, theirs)
        await self._write(self.gone, renamed, RENAME_KICKS, RENAME_TAKES, RENAME_JOBS, RENAME_SAMPLES)
        return renamed

    async def _rename_presets(self) -> list[Renamed]:
        """What operators show to everybody keeps its name, and the survivor's own gets another."""
        mine = {row["name"]: row["is_shared"] for row in await self.transaction.fetch(PRESET_NAMES, self.gone)}
        theirs = {row["name"]: row["is_shared"] for row in await self.transaction.fetch(PRESET_NAMES, self.into)}
        stays = {name.lower() for name, shown in mine.items() if shown}
        stays -= {name.lower() for name, shown in theirs.items() if shown}
        here = _renamed([name for name, shown in theirs.items() if not shown], stays, {*mine, *theirs})
        there = _renamed(
            [name for name in mine if name.lower() not in stays], theirs, {*stays, *(one.new for one in here)}
        )
        for account, renamed in ((self.into, here), (self.gone, there)):
            await self._write(account, renamed, RENAME_PRESETS, REWORD_SHARES)
        return here + there

    async def _write(self, account: int, renamed: list[Renamed], *statements: str) -> None:
        old, new = [one.old for one in renamed], [one.new for one in renamed]
        for statement in statements if renamed else ():
            await self.transaction.execute(statement, account, old, new)


def _renamed(mine: Iterable[str], theirs: Iterable[str], also_taken: Iterable[str] = ()) -> list[Renamed]:
    """New names for those of `mine` that are among `theirs`; capitals do not part names, nor do they for users."""
    mine, kept = list(mine), {name.lower() for name in theirs}
    taken = kept.union(name.lower() for name in (*mine, *also_taken))
    renamed = []
    for name in mine:
        if name.lower() in kept:
            renamed.append(Renamed(name, names.numbered(name, taken)))
            taken.add(renamed[-1].new.lower())
    return renamed


# What the other row counts today was carried. Its kicks are the survivor's from now on, which has seen them then.
ADD_OTHER_DAYS = """
WITH gone AS (DELETE FROM kickbot.usage WHERE subject = $2 RETURNING day, used, seen)
INSERT INTO kickbot.usage AS u (subject, day, used, seen)
SELECT $1, day, CASE WHEN day <> $3 THEN used ELSE 0 END, seen FROM gone
ON CONFLICT (subject, day) DO UPDATE SET used = u.used + excluded.used, seen = greatest(u.seen, excluded.seen)
"""

# The survivor's row was told of those of today.
RECHARGE = f"""
UPDATE kickbot.job SET charged =
    CASE WHEN $3 = ANY(charged) THEN array_remove(charged, $2) ELSE array_replace(charged, $2, $3) END
WHERE account_id = $1 OR {usage.knows("$2")}
"""

# A preset whose kick is gone must not come to mean the other account's kick of that name.
KICK_NAMES = f"""
SELECT name FROM public.kickgen_generatedkick WHERE user_id = $1
UNION SELECT name FROM kickbot.take WHERE account_id = $1
UNION SELECT name FROM kickbot.job WHERE account_id = $1 AND state = 'running'
UNION SELECT kick_sample FROM public.presets_preset
      WHERE user_id = $1 AND starts_with(kick_sample, '{names.PREFIX}')
ORDER BY name
"""

PRESET_NAMES = "SELECT preset_name AS name, is_shared FROM public.presets_preset WHERE user_id = $1 ORDER BY name"

NEW_NAMES = "unnest($2::text[], $3::text[]) AS n (old, new)"

RENAME_KICKS = f"""
UPDATE public.kickgen_generatedkick k SET name = new FROM {NEW_NAMES} WHERE k.user_id = $1 AND k.name = old
"""

RENAME_TAKES = f"UPDATE kickbot.take t SET name = new FROM {NEW_NAMES} WHERE t.account_id = $1 AND t.name = old"

RENAME_JOBS = f"""
UPDATE kickbot.job j SET name = new FROM {NEW_NAMES} WHERE j.account_id = $1 AND j.name = old AND j.state = 'running'
"""

RENAME_SAMPLES = f"""
UPDATE public.presets_preset p SET kick_sample = new FROM {NEW_NAMES} WHERE p.user_id = $1 AND p.kick_sample = old
"""

RENAME_PRESETS = f"""
UPDATE public.presets_preset p SET preset_name = new FROM {NEW_NAMES} WHERE p.user_id = $1 AND p.preset_name = old
"""

REWORD_SHARES = f"""
UPDATE kickbot.share s SET words = fresh.words FROM (
    SELECT p.id, {share_columns.SOURCE} JOIN {NEW_NAMES} ON p.preset_name = new WHERE p.user_id = $1
) AS fresh
WHERE s.preset_id = fresh.id
"""

# The sweeper leaves a path alone that a take has by then.
SET_ASIDE = """
INSERT INTO kickbot.trash (path, due)
SELECT account_id || '/' || object || '.wav', now() + $2::interval FROM kickbot.job
WHERE account_id = $1 AND state = 'running' AND object IS NOT NULL
ON CONFLICT DO NOTHING
"""

PART_AGAIN = """
UPDATE kickbot.job j SET again_of = NULL WHERE account_id = $2 AND state IN ('queued', 'running') AND EXISTS (
    SELECT FROM kickbot.job o
    WHERE o.account_id = $1 AND o.again_of = j.again_of AND o.state IN ('queued', 'running')
)
"""

# What both have saved, the survivor keeps as saved; the other's kick and preset stay, as made by hand.
MOVE_SAVED = """
UPDATE kickbot.saved s SET account_id = $1 WHERE account_id = $2 AND NOT EXISTS (
    SELECT FROM kickbot.saved o WHERE o.account_id = $1 AND o.origin = s.origin
)
"""

DROP_SAVED = "DELETE FROM kickbot.saved WHERE account_id = $2 AND account_id <> $1"

MOVES = (
    PART_AGAIN,
    "UPDATE kickbot.job SET account_id = $1 WHERE account_id = $2",
    "UPDATE kickbot.take SET account_id = $1 WHERE account_id = $2",
    "UPDATE public.kickgen_generatedkick SET user_id = $1 WHERE user_id = $2",
    "UPDATE public.presets_preset SET user_id = $1 WHERE user_id = $2",
    "UPDATE kickbot.share SET account_id = $1 WHERE account_id = $2",
    MOVE_SAVED,
    DROP_SAVED,
    "UPDATE kickbot.identity SET account_id = $1 WHERE account_id = $2",
)
