"""Numbered migrations, each applied once and whole, the number of the last one kept in the database."""

from dataclasses import dataclass
from importlib import resources

import asyncpg

from core import errors
from db.postgres import database

LOCK = 0x6B69636B  # any number that other users of the same database are unlikely to take


@dataclass(frozen=True, slots=True)
class Migration:
    """One file `NNNN_name.sql`: its number, its name without the ending, its statements."""

    number: int
    name: str
    sql: str


def known() -> tuple[Migration, ...]:
    """Every migration of this Kickbot, in order."""
    files = sorted(file.name for file in resources.files("db").joinpath("migrations").iterdir())
    return tuple(_read(name) for name in files if name.endswith(".sql"))


def _read(file: str) -> Migration:
    name = file.removesuffix(".sql")
    sql = resources.files("db").joinpath("migrations", file).read_text(encoding="utf-8")
    return Migration(int(name.partition("_")[0]), name, sql)


async def pending(db: database.Statements, migrations: tuple[Migration, ...] | None = None) -> tuple[Migration, ...]:
    """Those that the database has not seen yet, in order; raises `errors.DatabaseNewer`."""
    wanted = known() if migrations is None else migrations
    version = await _version(db)
    newest = max((migration.number for migration in wanted), default=0)
    if version > newest:
        raise errors.DatabaseNewer(found=version, known=newest)
    return tuple(migration for migration in wanted if migration.number > version)


async def _version(db: database.Statements) -> int:
    if await db.fetchval("SELECT to_regclass('kickbot.schema_version')::text") is None:
        return 0
    return int(await db.fetchval("SELECT coalesce(max(number), 0) FROM kickbot.schema_version"))


async def migrate(db: database.Database, migrations: tuple[Migration, ...] | None = None) -> tuple[Migration, ...]:
    """Apply what is pending; what this call applied. Raises `errors.MigrationFailed`, `errors.DatabaseNewer`.

    Each one has a transaction of its own: a failed one leaves the database as the one before it made it. Processes
    that start at once wait for one another in each transaction, as a lock of a session means nothing to a pooler; they
    wait as long as the pool lets a statement take.
    """
    return tuple([migration for migration in await pending(db, migrations) if await _apply(db, migration)])


async def _apply(db: database.Database, migration: Migration) -> bool:
    """Whether this call applied it; False where another process was faster."""

    async def apply(transaction: database.Transaction) -> bool:
        await transaction.execute(_PREPARE)
        if await _version(transaction) >= migration.number:
            return False
        await transaction.execute(migration.sql)
        await transaction.execute(
            "INSERT INTO kickbot.schema_version (number, name) VALUES ($1, $2)", migration.number, migration.name
        )
        return True

    try:
        return await db.change(apply)
    except asyncpg.PostgresError as error:
        raise errors.MigrationFailed(name=migration.name, detail=f"{type(error).__name__}: {error}") from error


_PREPARE = f"""
    SELECT pg_advisory_xact_lock({LOCK});
    CREATE SCHEMA IF NOT EXISTS kickbot;
    CREATE TABLE IF NOT EXISTS kickbot.schema_version (
        number integer PRIMARY KEY,
        name text NOT NULL,
        applied_at timestamptz NOT NULL DEFAULT now()
    );
    ALTER TABLE kickbot.schema_version ENABLE ROW LEVEL SECURITY;
"""
