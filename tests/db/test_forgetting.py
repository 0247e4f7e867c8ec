"""Forgetting: everything of one account goes, nothing of another's, and today's count stays under a mark."""

from datetime import timedelta

import pytest

from bots.composition.platforms import PLATFORMS
from core import errors
from core.accounts import keys
from core.library.sweeping import Sweeper
from core.stores.accounts import Holdings
from db.accounts.accounts import AccountRows
from db.accounts.people import People
from db.postgres.database import Database
from db.sweepings import Sweepings
from tests.aging import age
from tests.core.people import KEYS
from tests.db import filling
from tests.db.filling import NOW, TODAY, YESTERDAY, Filling, household
from tests.fakes.files import MemoryFiles


@pytest.fixture
def rows(database: Database) -> Filling:
    return Filling(database)


@pytest.fixture
def accounts(database: Database) -> AccountRows:
    return AccountRows(database, KEYS, PLATFORMS)


def people(database: Database) -> People:
    return People(database, KEYS, lambda: NOW)


async def swept(database: Database, files: MemoryFiles) -> set[str]:
    """What is left of the files."""
    await Sweeper(Sweepings(database), files).sweep()
    return set(files.objects)


def stored(*paths: str) -> MemoryFiles:
    files = [file for path in paths for file in (path, path.replace(".wav", ".png"))]
    return MemoryFiles(dict.fromkeys(files, b"file"))


async def used(database: Database) -> dict[str, int]:
    return {
        f"{row['subject']} {row['day']}": row["used"] for row in await database.fetch("SELECT * FROM kickbot.usage")
    }


async def test_everything_goes_and_nothing_of_another(rows: Filling, accounts: AccountRows, database: Database) -> None:
    bob = await household(rows, "bob")
    of_bob = await filling.everything(database)
    ada = await household(rows, "ada", platform="slack")
    files = stored(*ada.paths, *bob.paths)
    who = await rows.person(ada.identity)

    gone = await accounts.forget(ada.account, with_web=False)

    assert {one.message for one in gone.posted} == ada.messages
    assert await filling.owners(database) == {bob.account}
    assert await swept(database, files) == set(stored(*bob.paths).objects)
    left = await filling.everything(database)
    assert [line for line in left["kickbot.usage"] if "left:" in line] == [f"({KEYS.leaver(who)},{TODAY},4,0)"]
    for table, lines in of_bob.items():
        assert set(lines) <= set(left[table])
        more = {f"kickbot.{one}": 1 for one in ("usage", "carried", "trash", "lease")}
        more["kickbot.removal"] = len(ada.messages)
        assert len(left[table]) == len(lines) + more.get(table, 0), table
    assert not [line for lines in left.values() for line in lines if "id-ada" in line]


async def test_of_a_web_login_the_chat_side_can_go_alone(
    rows: Filling, accounts: AccountRows, database: Database
) -> None:
    ada = await household(rows, "ada", web="ada")
    shared = ("public.auth_user", "public.kickgen_generatedkick", "public.presets_preset", "kickbot.saved")
    before = await filling.everything(database)
    kicks = {row["storage_path"] for row in await database.fetch("SELECT storage_path FROM kickgen_generatedkick")}

    gone = await accounts.forget(ada.account, with_web=False)

    assert {one.message for one in gone.posted} == ada.messages
    after = await filling.everything(database)
    assert {table: after[table] for table in shared} == {table: before[table] for table in shared}
    for table in ("identity", "job", "take", "share", "message"):
        assert after[f"kickbot.{table}"] == []
    counted = await used(database)
    assert counted[f"account:{ada.account} {TODAY}"] == 4
    assert f"account:{ada.account} {YESTERDAY}" not in counted
    assert await swept(database, stored(*ada.paths)) == set(stored(*kicks).objects)


async def test_with_the_web_login_all_of_it_goes(rows: Filling, accounts: AccountRows, database: Database) -> None:
    ada = await household(rows, "ada", web="ada")
    await accounts.forget(ada.account, with_web=True)
    assert await filling.owners(database) == set()
    assert await database.fetchval("SELECT count(*) FROM auth_user") == 0
    assert await swept(database, stored(*ada.paths)) == set()


async def test_what_others_have_saved_stays_theirs(rows: Filling, accounts: AccountRows, database: Database) -> None:
    ada = await household(rows, "ada")
    [saved] = await database.fetch("SELECT origin FROM kickbot.saved")
    bob = await rows.user()
    kick = await rows.kick(bob, "AI: Copy", origin=saved["origin"])
    await rows.saved(bob, saved["origin"], kick)
    share = await rows.share(bob, await rows.preset(bob, "copy", "AI: Copy"), ["copy"], saved["origin"])
    assert await database.fetchval("SELECT saves FROM kickbot.share WHERE id = $1", share) == 1
    await accounts.forget(ada.account, with_web=False)
    assert await filling.owners(database) == {bob}
    assert await database.fetchval("SELECT kick_id FROM kickbot.saved WHERE account_id = $1", bob) == kick
    assert await database.fetchval("SELECT saves FROM kickbot.share WHERE id = $1", share) == 0


async def test_what_operators_show_to_everybody_stays_with_nobody(
    rows: Filling, accounts: AccountRows, database: Database
) -> None:
    ada = await household(rows, "ada", web="ada")
    kick = await rows.kick(ada.account, "AI: Shown", origin="take:99")
    preset = await rows.preset(ada.account, "for all", "AI: Shown", operators=True)
    share = await rows.share(ada.account, preset, ["for", "all"], "take:99", platform="operator")
    path = await database.fetchval("SELECT storage_path FROM kickgen_generatedkick WHERE id = $1", kick)

    assert (await accounts.holdings(ada.account, NOW)).operators == 1
    await accounts.forget(ada.account, with_web=True)

    assert [row["id"] for row in await database.fetch("SELECT id FROM presets_preset")] == [preset]
    assert [row["id"] for row in await database.fetch("SELECT id FROM kickgen_generatedkick")] == [kick]
    assert [row["id"] for row in await database.fetch("SELECT id FROM kickbot.share")] == [share]
    assert await swept(database, stored(*ada.paths, path)) == set(stored(path).objects)
    user = await database.fetchrow("SELECT * FROM auth_user")
    assert user is not None
    assert (user["username"][:5], user["password"][:1], user["is_active"]) == ("gone-", "!", False)
    assert "ada" not in str(user)


async def test_the_count_of_today_waits_for_who_comes_back(
    rows: Filling, accounts: AccountRows, database: Database
) -> None:
    ada = await household(rows, "ada")
    also = await rows.identity(ada.account, "also-ada", "slack")
    back = [await rows.person(ada.identity), await rows.person(also)]
    await accounts.forget(ada.account, with_web=False)
    assert await accounts.made_before_leaving(back[0], NOW) == 4
    fresh = [await people(database).enrol(person) for person in back]
    assert await used(database) == {f"account:{account} {TODAY}": 4 for account in fresh}
    assert await accounts.made_before_leaving(back[0], NOW) == 0


async def test_leaving_twice_in_a_day_forgets_no_count(
    rows: Filling, accounts: AccountRows, database: Database
) -> None:
    ada = await household(rows, "ada")
    who = await rows.person(ada.identity)
    for _ in range(2):
        account = await people(database).enrol(who)
        await database.execute("UPDATE kickbot.usage SET used = used + 1 WHERE subject = $1", f"account:{account}")
        await accounts.forget(account, with_web=False)
    assert await accounts.made_before_leaving(who, NOW) == 6


async def test_the_next_day_there_is_nothing_to_come_back_to(
    rows: Filling, accounts: AccountRows, database: Database
) -> None:
    ada = await household(rows, "ada")
    who = await rows.person(ada.identity)
    await accounts.forget(ada.account, with_web=False)
    assert list(await used(database)) == [f"{KEYS.leaver(who)} {TODAY}"]
    await swept(database, MemoryFiles())
    assert list(await used(database)) == [f"{KEYS.leaver(who)} {TODAY}"]
    await age(database, timedelta(days=1))
    await people(database).enrol(who)
    assert list(await used(database)) == [f"{KEYS.leaver(who)} {YESTERDAY}"]
    await swept(database, MemoryFiles())
    assert await used(database) == {}


async def test_kicks_of_the_web_app_count_for_who_comes_back(
    rows: Filling, accounts: AccountRows, database: Database
) -> None:
    account = await rows.user("ada")
    identity = await rows.identity(account, "ada")
    await rows.kick(account, "AI: Anke", day=TODAY)
    who = await rows.person(identity)
    await accounts.forget(account, with_web=True)
    assert await accounts.made_before_leaving(who, NOW) == 1


async def test_a_mark_is_of_no_use_without_the_key(rows: Filling, accounts: AccountRows, database: Database) -> None:
    ada = await household(rows, "ada")
    who = await rows.person(ada.identity)
    await accounts.forget(ada.account, with_web=False)
    other = People(database, keys.Keys.from_secret("another secret"), lambda: NOW)
    account = await other.enrol(who)
    assert f"account:{account} {TODAY}" not in await used(database)


async def test_an_account_that_is_gone_is_not_forgotten_again(
    rows: Filling, accounts: AccountRows, database: Database
) -> None:
    ada, bob = await household(rows, "ada"), await household(rows, "bob")
    await accounts.forget(ada.account, with_web=False)
    before = await filling.everything(database)
    with pytest.raises(errors.AccountGone):
        await accounts.forget(ada.account, with_web=False)
    assert await filling.everything(database) == before
    assert await accounts.holdings(ada.account, NOW) == Holdings()
    assert (await accounts.holdings(bob.account, NOW)).takes == 4
