"""A web app with a database role of its own, which has rights on the shared tables and none on ours."""

from dataclasses import dataclass

import asyncpg
import pytest

from db.postgres.database import Database
from tests.db.filling import Filling, Household, household, owners

FUNCTIONS = """
SELECT oid::regprocedure::text AS name, prosecdef AS of_owner, proconfig AS settings,
    has_function_privilege('public', oid, 'EXECUTE') AS open
FROM pg_proc WHERE pronamespace = 'kickbot'::regnamespace
"""


@dataclass(frozen=True)
class Street:
    """Ada, with something of everything; what she has shared is saved by Bob, who shares it too."""

    ada: Household
    bob: int


@pytest.fixture
async def street(database: Database) -> Street:
    filling = Filling(database)
    ada, bob = await household(filling, "ada"), await filling.user()
    origin = await database.fetchval("SELECT origin FROM kickbot.saved")
    kick = await filling.kick(bob, "AI: Saved", origin=origin)
    preset = await filling.preset(bob, "copied", "AI: Saved")
    await filling.saved(bob, origin, kick, preset)
    await filling.share(bob, preset, ["copied"], origin)
    message = await filling.message("kick", kick)
    await database.execute("INSERT INTO kickbot.reaction VALUES ('test-bot', 'general', $1, '')", message)
    return Street(ada, bob)


async def saves(database: Database, account: int) -> int:
    """How often the sound that the account shares is saved by others."""
    found: int = await database.fetchval("SELECT saves FROM kickbot.share WHERE account_id = $1", account)
    return found


async def test_it_may_not_look_into_our_tables(web_app: Database) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await web_app.fetch("SELECT * FROM kickbot.take")


async def test_it_deletes_saved_kicks(street: Street, database: Database, web_app: Database) -> None:
    assert [await saves(database, account) for account in (street.ada.account, street.bob)] == [1, 1]
    await web_app.execute("DELETE FROM kickgen_generatedkick WHERE user_id = $1", street.bob)
    assert await saves(database, street.ada.account) == 0
    assert await database.fetchval("SELECT count(*) FROM kickbot.saved WHERE account_id = $1", street.bob) == 0
    assert await database.fetchval("SELECT count(*) FROM kickbot.reaction") == 0


async def test_it_deletes_presets_that_are_shared(street: Street, database: Database, web_app: Database) -> None:
    await web_app.execute("DELETE FROM presets_preset WHERE user_id = $1", street.ada.account)
    shares = await database.fetch("SELECT account_id, saves FROM kickbot.share")
    assert [tuple(row) for row in shares] == [(street.bob, 1)]


async def test_it_deletes_users(street: Street, database: Database, web_app: Database) -> None:
    async with web_app.transaction() as transaction:
        for statement in (
            "DELETE FROM presets_preset WHERE user_id = $1",
            "DELETE FROM kickgen_generatedkick WHERE user_id = $1",
            "DELETE FROM auth_user WHERE id = $1",
        ):
            await transaction.execute(statement, street.ada.account)
    await database.execute("DELETE FROM kickbot.usage")
    assert await owners(database) == {street.bob}
    assert await saves(database, street.bob) == 0
    thrown = {row["path"] for row in await database.fetch("SELECT path FROM kickbot.trash WHERE due < now()")}
    assert thrown <= street.ada.paths
    assert len(thrown) == 4, "the takes; of the kick that only the web app knew it has removed the file itself"


async def test_it_changes_rows_that_ours_refer_to(street: Street, database: Database, web_app: Database) -> None:
    await web_app.execute("UPDATE auth_user SET last_login = now()")
    await web_app.execute("UPDATE presets_preset SET kick_sample = 'Karl', user_id = $1 WHERE preset_name = 'stock'", 2)
    await web_app.execute("UPDATE kickgen_generatedkick SET name = 'AI: Else' WHERE user_id = $1", street.ada.account)
    assert [await saves(database, account) for account in (street.ada.account, street.bob)] == [1, 1]


async def test_our_functions_are_called_by_nobody_else_and_look_nowhere_else(database: Database) -> None:
    functions = await database.fetch(FUNCTIONS)
    assert "kickbot.count_save()" in {row["name"] for row in functions if row["of_owner"]}
    assert [row["name"] for row in functions if row["open"]] == []
    assert [row["name"] for row in functions if row["of_owner"] and row["settings"] != ['search_path=""']] == []
