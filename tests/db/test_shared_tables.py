"""The tables shared with the web app: made as Django makes them, left as they are where they are there."""

import subprocess
import sys
from collections.abc import AsyncIterator

import asyncpg
import pytest

from db.postgres import migrate, pool
from db.postgres.database import Database

SHARED = ["auth_user", "kickgen_generatedkick", "presets_preset"]

COLUMNS = """
    SELECT table_name::text, column_name::text, ordinal_position::int, data_type::text, character_maximum_length::int,
           is_nullable::text, column_default::text, identity_generation::text
    FROM information_schema.columns WHERE table_schema = 'public' AND table_name = ANY($1::text[]) ORDER BY 1, 3"""
CONSTRAINTS = """
    SELECT conrelid::regclass::text, conname::text, pg_get_constraintdef(oid)
    FROM pg_constraint WHERE conrelid::regclass::text = ANY($1::text[]) ORDER BY 1, 2"""
INDEXES = "SELECT indexdef FROM pg_indexes WHERE tablename = ANY($1::text[]) ORDER BY 1"
SEQUENCES = """
    SELECT name, pg_get_serial_sequence(name, 'id') FROM unnest($1::text[]) AS shared (name) ORDER BY 1"""
SECURITY = """
    SELECT relname::text, relrowsecurity, relforcerowsecurity FROM pg_class
    WHERE relname = ANY($1::text[]) AND relkind = 'r' ORDER BY 1"""


@pytest.fixture
async def empty(empty_target: pool.Target) -> AsyncIterator[Database]:
    async with pool.open_pool(empty_target) as connections:
        yield Database(connections)


def make_with_django(target: pool.Target) -> None:
    where = (target.host, str(target.port), target.name, target.user)
    subprocess.run([sys.executable, "-m", "tests.db.django_tables", *where], check=True, timeout=60)


async def described(database: Database, *questions: str) -> list[asyncpg.Record]:
    return [row for question in questions for row in await database.fetch(question, SHARED)]


async def test_they_are_as_django_makes_them(database: Database, empty: Database, empty_target: pool.Target) -> None:
    make_with_django(empty_target)
    questions = (COLUMNS, CONSTRAINTS, INDEXES, SEQUENCES)
    ours, djangos = [await described(one, *questions) for one in (database, empty)]
    assert len(ours) > 50
    assert ours == djangos


async def test_what_the_web_app_made_stays_as_it_is(empty: Database, empty_target: pool.Target) -> None:
    make_with_django(empty_target)
    before = await described(empty, COLUMNS, CONSTRAINTS, INDEXES, SEQUENCES, SECURITY)
    await migrate.migrate(empty)
    assert await described(empty, COLUMNS, CONSTRAINTS, INDEXES, SEQUENCES, SECURITY) == before


async def test_every_table_we_make_has_row_level_security(database: Database) -> None:
    """Without FORCE, which would lock the owner out too."""
    tables = await database.fetch(
        "SELECT oid::regclass::text AS name, relrowsecurity AS on, relforcerowsecurity AS forced FROM pg_class"
        " WHERE relkind IN ('r', 'p') AND relnamespace IN ('public'::regnamespace, 'kickbot'::regnamespace)"
    )
    assert {*SHARED, "kickbot.schema_version"} <= {table["name"] for table in tables}
    assert [table["name"] for table in tables if not table["on"] or table["forced"]] == []
