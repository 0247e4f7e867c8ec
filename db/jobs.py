"""Jobs: filed, started, finished, taken over. A lease is what lets a worker write to one."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import asyncpg

from core import days, errors
from core.jobs import EVERYONE, Ask, Job, Start, State, account_subject
from core.kicks import Take
from db import rows
from db.postgres.database import Database


@dataclass(frozen=True, slots=True)
class Jobs:
    """`core.stores.jobs.Jobs` in PostgreSQL; its methods are documented there."""

    database: Database
    clock: days.Clock = days.now

    async def file(self, ask: Ask, worker: UUID, lease: float) -> list[Job] | None:
        person, place = ask.actor.person, ask.actor.place
        try:
            filed = await self.database.repeating.fetch(
                FILE,
                *(person.platform, person.realm, person.id, person.name),
                *(place.application, ask.event_id, place.id, place.channel, place.thread, place.private),
                *(ask.placeholder, ask.token, ask.prompt, [str(seed) for seed in ask.seeds], ask.again_of),
                *(worker, timedelta(seconds=lease), uuid4(), place.outside),
            )
        except asyncpg.UniqueViolationError as error:
            if error.constraint_name != "job_again":
                raise
            raise errors.AlreadyMaking from error
        if not filed:
            return None
        if not filed[0]["open"]:
            raise errors.ChannelClosed
        return [rows.job(row) for row in filed if row["id"] is not None]

    async def start(self, job: Job, worker: UUID, start: Start) -> Job:
        subjects = [count.subject for count in start.counts]
        limits = [None if count.limit is None else str(count.limit) for count in start.counts]
        [started] = await self.database.fetch(
            START,
            *(job.id, worker, job.account, job.address.placeholder),
            *(start.day, subjects, limits, start.object, start.names),
        )
        match started["outcome"]:
            case "started":
                account, thing, name = started["account"], started["object"], started["name"]
                return replace(job, state="running", account=account, object=thing, name=name)
            case "full":
                raise _full(started, days.turns(self.clock()))
            case "cancelled":
                raise errors.Cancelled
        raise errors.LeaseLost

    async def withdraw(self, application: str, event_id: str, worker: UUID, sentence: str) -> None:
        await self.database.repeating.execute(WITHDRAW, application, event_id, worker, sentence)

    async def placed(self, job: Job, worker: UUID) -> State | None:
        state: State | None = await self.database.repeating.fetchval(PLACED, job.id, worker, job.address.placeholder)
        return state

    async def submitted(self, job: Job, worker: UUID, engine: str, call_id: str) -> None:
        if await self.database.repeating.execute(SUBMITTED, job.id, worker, engine, call_id) == "UPDATE 0":
            await _explain(self.database, job)

    async def finish(self, job: Job, worker: UUID, take: Take) -> Take:
        finished = await self.database.repeating.fetchrow(
            FINISH,
            *(job.id, worker, take.path, take.created, take.expires),
            *rows.recipe_values(take.recipe),
            *rows.facts_values(take.facts),
        )
        if finished is None:
            await _explain(self.database, job)
            raise errors.LeaseLost
        return replace(
            take,
            id=finished["id"],
            account=finished["account_id"],
            name=finished["name"],
            created=finished["created_at"],
            expires=finished["expires_at"],
        )

    async def take_of(self, job: Job) -> Take | None:
        found = await self.database.fetchrow(TAKE_OF, job.id)
        return rows.take(found) if found else None

    async def delivered(self, job: Job, messages: tuple[str, ...]) -> None:
        place = job.address.place
        await self.database.repeating.execute(
            DELIVERED, job.id, place.application, place.channel, messages, place.thread, place.outside
        )

    async def fail(self, job: Job, worker: UUID, sentence: str) -> bool:
        ended: bool = await self.database.repeating.fetchval(FAIL, job.id, worker, sentence)
        return ended

    async def cancel(self, job: Job, account: int) -> str | None:
        found = await self.database.repeating.fetchrow(CANCEL, job.id, account)
        if found is None:
            raise errors.NotYours
        call_id: str | None = found["to_end"]
        return call_id

    async def take_over(self, application: str, worker: UUID, lease: float, but: Collection[int]) -> list[Job]:
        ids = [str(each) for each in but]
        taken = await self.database.repeating.fetch(
            TAKE_OVER, application, worker, timedelta(seconds=lease), ids, uuid4()
        )
        return [rows.job(row) for row in taken]

    async def renew(self, worker: UUID, lease: float, ids: Collection[int]) -> None:
        await self.database.execute(RENEW, worker, timedelta(seconds=lease), [str(each) for each in ids])

    async def release(self, worker: UUID) -> None:
        await self.database.repeating.execute(RELEASE, worker)


def _full(started: asyncpg.Record, turns: datetime) -> errors.KickbotError:
    """The refusal of a start that found the limit of `subject` reached."""
    subject, limit, again = started["subject"], started["most"], f"{turns:%H:%M}"
    if subject == EVERYONE:
        return errors.GlobalQuotaReached(again=again)
    if subject != account_subject(started["account"]):
        return errors.PlaceQuotaReached(limit=limit, again=again)
    return errors.QuotaReached(limit=limit, again=again, kept=started["kept"])


async def _explain(database: Database, job: Job) -> None:
    """Say why a write to the job found nothing: it was cancelled, its asker forgotten, or the lease is another's."""
    if await database.fetchval(STATE, job.id) in ("cancelled", None):
        raise errors.Cancelled
    raise errors.LeaseLost


JOB = """
id, event_id, idx, account_id, application, platform, place, channel, thread, private, outside, placeholder, token,
prompt, seed, state, attempts, object, name, engine, call_id
"""

# Whoever joins, parts or forgets accounts waits for those who file a job, and they for them: see
# db/accounts/merging.py. Where the answer was lost, the same call finds what it has filed, and nobody else does.
FILE = f"""
WITH me AS (
    SELECT i.id, i.account_id, i.platform, i.external_id, r.daily_limit AS place_limit,
           $10 OR r.place IS NULL OR cardinality(r.channels) = 0 OR $8 = ANY(r.channels) AS open
    FROM kickbot.identity i LEFT JOIN kickbot.place r ON r.platform = i.platform AND r.place = $7
    WHERE i.platform = $1 AND i.realm = $2 AND i.external_id = $3
    FOR NO KEY UPDATE OF i
), renamed AS (
    UPDATE kickbot.identity i SET display_name = $4 FROM me WHERE i.id = me.id AND i.display_name <> $4
), filed AS (
    INSERT INTO kickbot.job (application, event_id, idx, identity_id, account_id, platform, place, channel, thread,
                             private, outside, placeholder, token, prompt, seed, again_of, worker, lease_until, filing)
    SELECT $5, $6, seed.idx - 1, me.id, me.account_id, me.platform, $7, $8, $9,
           $10, $19, $11, $12, $13, seed.value::bigint, (SELECT t.id FROM kickbot.take t WHERE t.id = $15),
           $16, now() + $17::interval, $18
    FROM me, unnest($14::text[]) WITH ORDINALITY AS seed (value, idx)
    WHERE me.open
    ON CONFLICT (application, event_id, idx) DO UPDATE SET lease_until = excluded.lease_until
    WHERE job.filing = excluded.filing AND job.worker = excluded.worker AND job.state = 'queued'
    RETURNING {JOB}
)
SELECT filed.*, $4::text AS display_name, me.external_id, me.place_limit, me.open
FROM me LEFT JOIN filed ON true ORDER BY filed.idx
"""

# Begun and counted at once: see the function. Run again where the connection broke, as every query is, it finds what it
# has begun. It is not where it took too long: whatever it waits for would keep a connection from others once more.
START = "SELECT * FROM kickbot.start_job($1, $2, $3, $4, $5, $6, $7, $8, $9)"

WITHDRAW = """
SELECT kickbot.fail_job(id, $3, $4) FROM kickbot.job
WHERE application = $1 AND event_id = $2 AND worker = $3 AND state = 'queued'
"""

PLACED = """
WITH noted AS (
    UPDATE kickbot.job SET placeholder = $3, updated_at = now()
    WHERE id = $1 AND worker = $2 AND state IN ('queued', 'running', 'made') RETURNING state
)
SELECT state FROM noted
UNION ALL SELECT state FROM kickbot.job
WHERE id = $1 AND worker = $2 AND state NOT IN ('queued', 'running', 'made')
"""

SUBMITTED = """
UPDATE kickbot.job SET engine = $3, call_id = $4, updated_at = now() WHERE id = $1 AND worker = $2 AND state = 'running'
"""

# How long it lives is the worker's to say, from when on is not: its clock may be wrong.
# What is made is never given back. Account and name are the row's: they change where accounts are joined while the kick
# is made. Where the answer was lost, the take is there already.
FINISH = f"""
WITH finished AS (
    UPDATE kickbot.job SET state = 'made', charged = NULL, updated_at = now()
    WHERE id = $1 AND worker = $2 AND state = 'running'
    RETURNING id, account_id, name
), recorded AS (
    INSERT INTO kickbot.take (job_id, account_id, name, path, created_at, expires_at, {rows.RECIPE}, {rows.FACTS})
    SELECT id, account_id, name, $3, now(), now() + ($5::timestamptz - $4::timestamptz),
        $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17
    FROM finished
    RETURNING id, account_id, name, created_at, expires_at
)
SELECT * FROM recorded
UNION ALL SELECT t.id, t.account_id, t.name, t.created_at, t.expires_at
FROM kickbot.take t JOIN kickbot.job j ON j.id = t.job_id
WHERE j.id = $1 AND j.worker = $2 AND j.state = 'made' AND t.path = $3
"""

TAKE_OF = f"SELECT {rows.TAKE} FROM kickbot.take WHERE job_id = $1"

DELIVERED = """
WITH done AS (
    UPDATE kickbot.job SET state = 'done', token = NULL, updated_at = now() WHERE id = $1 AND state = 'made'
)
INSERT INTO kickbot.message (application, channel, message, thread, outside, take_id)
SELECT $2, $3, message, $5, $6, t.id FROM kickbot.take t, unnest($4::text[]) AS message
WHERE job_id = $1 FOR KEY SHARE OF t
ON CONFLICT DO NOTHING
"""

# Both look at the job once it is held, and at all else only then: see the functions.
FAIL = "SELECT kickbot.fail_job($1, $2, $3)"

CANCEL = "SELECT to_end FROM kickbot.cancel_job($1, $2)"

# Where the answer was lost, the same call finds what it has taken: its token is in the place of the one that filed it.
TAKE_OVER = f"""
WITH now_taken AS (
    UPDATE kickbot.job SET worker = $2, lease_until = now() + $3::interval, attempts = attempts + 1, updated_at = now(),
        filing = $5
    WHERE id IN (
        SELECT id FROM kickbot.job
        WHERE application = $1 AND state IN ('queued', 'running', 'made') AND lease_until < now()
          AND id <> ALL($4::text[]::bigint[])
        ORDER BY id LIMIT 20 FOR UPDATE SKIP LOCKED
    )
    RETURNING {JOB}, identity_id
), taken AS (
    SELECT * FROM now_taken
    UNION ALL SELECT {JOB}, identity_id FROM kickbot.job
    WHERE application = $1 AND state IN ('queued', 'running', 'made') AND filing = $5
)
SELECT taken.*, i.display_name, i.external_id, r.daily_limit AS place_limit
FROM taken
JOIN kickbot.identity i ON i.id = taken.identity_id
LEFT JOIN kickbot.place r ON r.platform = taken.platform AND r.place = taken.place
ORDER BY taken.id
"""

RENEW = """
UPDATE kickbot.job SET lease_until = now() + $2::interval
WHERE worker = $1 AND id = ANY($3::text[]::bigint[]) AND state IN ('queued', 'running', 'made')
"""

RELEASE = """
UPDATE kickbot.job SET lease_until = now() WHERE worker = $1 AND state IN ('queued', 'running', 'made')
"""

STATE = "SELECT state FROM kickbot.job WHERE id = $1"
