"""Rows as the services and the web app make them, put in by SQL, and all of a database to compare."""

import asyncio
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID, uuid4

from core import days
from core.jobs import account_subject
from core.people import Person
from db.postgres.database import Database

NOW = days.now()
WRITTEN = NOW - timedelta(days=1)
TODAY = days.day(NOW)
YESTERDAY = TODAY - timedelta(days=1)

WAITING = "SELECT count(DISTINCT pid) FROM pg_locks WHERE NOT granted"

SHARED = ("auth_user", "presets_preset", "kickgen_generatedkick")


@dataclass(frozen=True)
class Filling:
    """Puts rows into a migrated database."""

    database: Database

    async def user(self, web: str | None = None) -> int:
        """An account; with a web login when it has a name for that."""
        password = "pbkdf2_sha256$1$salt$hash" if web else "!unusable"
        user: int = await self.database.fetchval(
            "INSERT INTO auth_user (password, is_superuser, username, first_name, last_name, email, is_staff,"
            " is_active, date_joined) VALUES ($1, false, $2, 'First', 'Last', 'a@b.example', false, true, $3)"
            " RETURNING id",
            *(password, web or f"chat-{uuid4().hex[:12]}", NOW),
        )
        return user

    async def identity(self, account: int, name: str, platform: str = "discord") -> int:
        """Somebody of the account."""
        identity: int = await self.database.fetchval(
            "INSERT INTO kickbot.identity (platform, realm, external_id, display_name, account_id)"
            " VALUES ($1, '', $2, $3, $4) RETURNING id",
            *(platform, f"id-{name}", name, account),
        )
        return identity

    async def take(self, account: int, name: str, path: str | None = None, job: int | None = None) -> int:
        """A take; its path is in the account's folder."""
        take: int = await self.database.fetchval(
            "INSERT INTO kickbot.take (job_id, account_id, name, path, prompt, engine, revision, seconds, peak_db,"
            " lufs, created_at, expires_at)"
            " VALUES ($1, $2, $3, $4, 'hit', 'synth', '1', 0.3, -1, -9, $5, $6) RETURNING id",
            *(job, account, name, path or f"{account}/{uuid4()}.wav", NOW, NOW + timedelta(days=90)),
        )
        return take

    async def kick(
        self, account: int, name: str, path: str | None = None, origin: str | None = None, day: date = YESTERDAY
    ) -> int:
        """A kick of the library; without an `origin` the web app has made it, and we know nothing of it."""
        path = path or f"{account}/{uuid4()}.wav"
        kick: int = await self.database.fetchval(
            "INSERT INTO kickgen_generatedkick (name, audio_url, storage_path, created_at, user_id)"
            " VALUES ($1, 'https://x.example/' || $2::text, $2, $3, $4) RETURNING id",
            *(name, path, day, account),
        )
        if origin:
            await self.database.execute(
                "INSERT INTO kickbot.kick_detail (kick_id, web_made, origin, seconds, peak_db, lufs)"
                " VALUES ($1, false, $2, 0.3, -1, -9)",
                *(kick, origin),
            )
        return kick

    async def preset(self, account: int, name: str, sample: str, *, operators: bool = False) -> int:
        """A preset with the web app's starting values."""
        preset: int = await self.database.fetchval(
            "INSERT INTO presets_preset (preset_name, bpm, kick_sample, kick_len, kick_dist_amt, kick_ott_amt,"
            " noise_sample, noise_low_pass_freq, noise_high_pass_freq, noise_volume, reverb_sample,"
            " reverb_low_pass_freq, reverb_high_pass_freq, reverb_volume, master_ott_amt, master_dist_amt,"
            " master_limiter_amt, created_at, updated_at, user_id, is_shared) VALUES ($1, 140, $2, 1, 0, 0, 'Black',"
            " 7000, 30, -70, 'dark', 7000, 30, -6, 0, 0, 1.5, $3, $3, $4, $5) RETURNING id",
            *(name, sample, WRITTEN, account, operators),
        )
        return preset

    async def saved(self, account: int, origin: str, kick: int, preset: int | None = None) -> None:
        """What a save leaves beside kick and preset."""
        await self.database.execute(
            "INSERT INTO kickbot.saved (account_id, origin, kick_id, preset_id) VALUES ($1, $2, $3, $4)",
            *(account, origin, kick, preset),
        )

    async def share(
        self, account: int, preset: int, words: list[str], origin: str | None = None, platform: str = "discord"
    ) -> int:
        """The preset shown in a server; on the platform `operator` everywhere."""
        share: int = await self.database.fetchval(
            "INSERT INTO kickbot.share (preset_id, account_id, platform, place, maker, shared_at, copied_at, words,"
            " origin) VALUES ($1, $2, $6, 'server', 'maker', $5, $5, $3, $4) RETURNING id",
            *(preset, account, words, origin, WRITTEN, platform),
        )
        return share

    async def job(
        self,
        account: int,
        identity: int,
        state: str = "done",
        *,
        name: str | None = None,
        object_id: UUID | None = None,
        again_of: int | None = None,
        worker: UUID | None = None,
    ) -> int:
        """A job that was filed by the identity; a running one is counted."""
        job: int = await self.database.fetchval(
            "INSERT INTO kickbot.job (application, event_id, idx, identity_id, account_id, platform, place, channel,"
            " private, prompt, seed, state, worker, lease_until, name, object, again_of, charged_on, charged)"
            " VALUES ('test-bot', $1, 0, $2, $3, 'discord', 'server', 'general', false, 'hit', 1, $4, $5,"
            " now() + interval '1 h', $6, $7, $8, $9, $10) RETURNING id",
            *(uuid4().hex, identity, account, state, worker or uuid4(), name, object_id, again_of),
            *((TODAY, [account_subject(account), "all"]) if state == "running" else (None, None)),
        )
        return job

    async def message(self, kind: str, shown: int) -> str:
        """A message in a channel that shows a take, kick or preset."""
        message = uuid4().hex
        await self.database.execute(
            f"INSERT INTO kickbot.message (application, channel, message, {kind}_id)"
            " VALUES ('test-bot', 'general', $1, $2)",
            *(message, shown),
        )
        return message

    async def used(self, subject: int | str, used: int, day: date = TODAY) -> None:
        """So many kicks counted on that day."""
        subject = account_subject(subject) if isinstance(subject, int) else subject
        await self.database.execute("INSERT INTO kickbot.usage VALUES ($1, $2, $3)", subject, day, used)

    async def entered(self, code_of: int, by: int) -> None:
        """The identity `by` has entered the code of the other."""
        await self.database.execute(
            "INSERT INTO kickbot.link_code (hash, identity_id, claimed_by, expires_at)"
            " VALUES ($1, $2, $3, now() + interval '10 minutes')",
            *(uuid4().bytes, code_of, by),
        )

    async def person(self, identity: int) -> Person:
        """The identity as the platform knows them."""
        row = await self.database.fetchrow("SELECT * FROM kickbot.identity WHERE id = $1", identity)
        assert row is not None
        return Person(row["platform"], row["realm"], row["external_id"], row["display_name"])


@dataclass(frozen=True)
class Household:
    """An account with something of everything."""

    account: int
    identity: int
    paths: frozenset[str]
    messages: frozenset[str]


async def household(filling: Filling, name: str, *, web: str | None = None, platform: str = "discord") -> Household:
    """Fill one: four takes, one of them saved, a web-made kick, three presets, a share, jobs, messages, usage."""
    account = await filling.user(web)
    identity = await filling.identity(account, name, platform)
    made = await filling.job(account, identity)
    takes = [
        await filling.take(account, "AI: Anke", job=made),
        await filling.take(account, "AI: Berta"),
        await filling.take(account, f"AI: {name}"),
        await filling.take(account, "AI: Saved", f"{account}/{uuid4()}.wav"),
    ]
    saved_path = await filling.database.fetchval("SELECT path FROM kickbot.take WHERE id = $1", takes[3])
    saved = await filling.kick(account, "AI: Saved", saved_path, f"take:{takes[3]}", TODAY)
    web_made = await filling.kick(account, "AI: Web")
    presets = [
        await filling.preset(account, "hit Saved", "AI: Saved"),
        await filling.preset(account, f"{name} one", "AI: Web"),
        await filling.preset(account, "stock", "Arnold"),
    ]
    await filling.saved(account, f"take:{takes[3]}", saved, presets[0])
    await filling.share(account, presets[0], ["hit", "saved"], f"take:{takes[3]}")
    messages = [
        await filling.message("take", takes[0]),
        await filling.message("kick", web_made),
        await filling.message("preset", presets[0]),
    ]
    await filling.job(account, identity, "running", name="AI: Running", object_id=uuid4(), again_of=takes[0])
    await filling.used(account, 4)
    await filling.used(account, 2, YESTERDAY)
    paths = await filling.database.fetch(
        "SELECT path FROM kickbot.take WHERE account_id = $1"
        " UNION SELECT storage_path FROM kickgen_generatedkick WHERE user_id = $1",
        account,
    )
    return Household(account, identity, frozenset(row["path"] for row in paths), frozenset(messages))


async def expired(database: Database, account: int, takes: int) -> None:
    """So many takes of the account that have expired, each shown by a message."""
    await database.execute(EXPIRED, account, takes)
    await database.execute(SHOWN)


EXPIRED = """
INSERT INTO kickbot.take (account_id, name, path, prompt, engine, revision, seconds, peak_db, lufs, created_at,
                          expires_at)
SELECT $1, 'AI: ' || n, $1::int || '/' || gen_random_uuid() || '.wav', 'hit', 'synth', '1', 1, -1, -9, now(), now()
FROM generate_series(1, $2::int) AS n
"""

SHOWN = """
INSERT INTO kickbot.message (application, channel, message, take_id)
SELECT 'test-bot', 'general', 'of ' || id, id FROM kickbot.take
"""


async def everything(database: Database) -> dict[str, list[str]]:
    """Every row of every table, as text."""
    tables = [f"public.{table}" for table in SHARED] + [
        f"kickbot.{row['tablename']}"
        for row in await database.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'kickbot'")
    ]
    return {
        table: [row["row"] for row in await database.fetch(f"SELECT t::text AS row FROM {table} t ORDER BY 1")]
        for table in tables
    }


async def owners(database: Database) -> set[int]:
    """Every account to which some row belongs, a count of usage included."""
    columns = await database.fetch(
        "SELECT table_schema, table_name, column_name FROM information_schema.columns"
        " WHERE column_name IN ('account_id', 'user_id') AND table_schema IN ('public', 'kickbot')"
    )
    found = {
        row["owner"]
        for column in columns
        for row in await database.fetch(
            f"SELECT DISTINCT {column['column_name']} AS owner FROM {column['table_schema']}.{column['table_name']}"
        )
    }
    counted = await database.fetch(
        "SELECT split_part(subject, ':', 2)::int AS owner FROM kickbot.usage WHERE subject LIKE 'account:%'"
        " UNION SELECT split_part(unnest, ':', 2)::int FROM kickbot.job, unnest(charged)"
        " WHERE unnest LIKE 'account:%'"
    )
    return found | {row["owner"] for row in counted}


async def when_waiting(database: Database, count: int) -> None:
    """Return when so many transactions wait for a lock."""
    async with asyncio.timeout(20):
        while await database.fetchval(WAITING) < count:  # noqa: ASYNC110  # the server tells nobody
            await asyncio.sleep(0.01)
