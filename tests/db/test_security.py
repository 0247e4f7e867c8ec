"""What someone who holds the project's anonymous key can see: Supabase publishes `public` to the role `anon`."""

from collections.abc import AsyncIterator

import asyncpg
import pytest

from db.postgres.database import Database

GRANTS = """
    GRANT USAGE ON SCHEMA public, kickbot TO anon;
    GRANT ALL ON ALL TABLES IN SCHEMA public, kickbot TO anon;
    GRANT ALL ON ALL SEQUENCES IN SCHEMA public, kickbot TO anon;
"""
USER = """
    INSERT INTO auth_user (password, is_superuser, username, first_name, last_name, email, is_staff, is_active,
                           date_joined)
    VALUES ('!', false, $1, '', '', '', false, true, now())"""


@pytest.fixture
async def published(database: Database) -> AsyncIterator[Database]:
    """The database with one row in each table that needs no other, and every right granted to `anon`."""
    await database.execute("CREATE ROLE anon")
    await database.execute(GRANTS)
    await database.execute(USER, "burkhard")
    yield database
    await database.execute("DROP OWNED BY anon; DROP ROLE anon")


async def test_anon_sees_no_row_of_any_table(published: Database) -> None:
    tables = [
        row["name"]
        for row in await published.fetch(
            "SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables"
            " WHERE schemaname IN ('public', 'kickbot')"
        )
    ]
    assert len(tables) > 4
    assert await published.fetchval("SELECT count(*) FROM auth_user") == 1
    async with published.transaction() as transaction:
        await transaction.execute("SET LOCAL ROLE anon")
        counts = {table: await transaction.fetchval(f"SELECT count(*) FROM {table}") for table in tables}
    assert counts == dict.fromkeys(tables, 0)


async def test_anon_changes_nothing(published: Database) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await insert_as_anon(published)
    async with published.transaction() as transaction:
        await transaction.execute("SET LOCAL ROLE anon")
        assert await transaction.execute("UPDATE auth_user SET is_superuser = true") == "UPDATE 0"
        assert await transaction.execute("DELETE FROM kickbot.schema_version") == "DELETE 0"


async def insert_as_anon(database: Database) -> None:
    async with database.transaction() as transaction:
        await transaction.execute("SET LOCAL ROLE anon")
        await transaction.execute(USER, "intruder")
