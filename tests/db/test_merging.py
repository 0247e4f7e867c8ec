"""Two accounts become one: everything moves, nothing is lost, nothing means something else afterwards."""

import asyncio
from datetime import timedelta
from uuid import uuid4

import pytest

from bots.composition.platforms import PLATFORMS
from core import errors
from core.people import WEB, Person
from core.stores.accounts import Merged, Renamed
from db.accounts.accounts import AccountRows
from db.accounts.people import People
from db.postgres import pool
from db.postgres.database import Database
from tests.aging import age
from tests.core.people import KEYS
from tests.db import filling
from tests.db.filling import NOW, TODAY, YESTERDAY, Filling, Household, household, when_waiting


@pytest.fixture
def rows(database: Database) -> Filling:
    return Filling(database)


@pytest.fixture
def accounts(database: Database) -> AccountRows:
    return AccountRows(database, KEYS, PLATFORMS)


async def merged(rows: Filling, accounts: AccountRows, mine: Household, theirs: Household) -> Merged:
    """`mine` has entered the code of `theirs`, and confirms."""
    await rows.entered(theirs.identity, mine.identity)
    return await accounts.merge(mine.account, mine.identity, theirs.identity, NOW)


async def pair(rows: Filling) -> tuple[int, int, int, int]:
    """Two accounts without anything, and an identity of each; the second has entered the first's code."""
    first, second = await rows.user(), await rows.user()
    ada, bob = await rows.identity(first, "ada"), await rows.identity(second, "bob")
    await rows.entered(ada, bob)
    return first, ada, second, bob


async def names(database: Database, sql: str, account: int) -> list[str]:
    return [row["name"] for row in await database.fetch(sql, account)]


async def kicks(database: Database, account: int) -> list[str]:
    return await names(database, "SELECT name FROM kickgen_generatedkick WHERE user_id = $1 ORDER BY name", account)


async def takes(database: Database, account: int) -> list[str]:
    return await names(database, "SELECT name FROM kickbot.take WHERE account_id = $1 ORDER BY name", account)


async def presets(database: Database, account: int) -> dict[str, str]:
    found = await database.fetch("SELECT preset_name, kick_sample FROM presets_preset WHERE user_id = $1", account)
    return {row["preset_name"]: row["kick_sample"] for row in found}


async def used(database: Database, account: int) -> dict[str, int]:
    found = await database.fetch("SELECT day, used FROM kickbot.usage WHERE subject = $1", f"account:{account}")
    return {row["day"]: row["used"] for row in found}


async def test_everything_of_both_belongs_to_one(rows: Filling, accounts: AccountRows, database: Database) -> None:
    ada, bob = await household(rows, "ada"), await household(rows, "bob", platform="slack")
    before = {table: len(found) for table, found in (await filling.everything(database)).items()}

    outcome = await merged(rows, accounts, bob, ada)

    assert await filling.owners(database) == {ada.account}
    assert [one.person.name for one in outcome.identities] == ["ada", "bob"]
    assert {one.account for one in outcome.identities} == {ada.account}
    after = {table: len(found) for table, found in (await filling.everything(database)).items()}
    assert after == before | {"public.auth_user": 1, "kickbot.usage": 2, "kickbot.carried": 1, "kickbot.trash": 1}
    assert await takes(database, ada.account) == [
        *("AI: Anke", "AI: Anke 2", "AI: Berta", "AI: Berta 2", "AI: Saved", "AI: Saved 2", "AI: ada", "AI: bob"),
    ]
    assert await kicks(database, ada.account) == ["AI: Saved", "AI: Saved 2", "AI: Web", "AI: Web 2"]
    assert await presets(database, ada.account) == {
        "hit Saved": "AI: Saved",
        "ada one": "AI: Web",
        "stock": "Arnold",
        "hit Saved 2": "AI: Saved 2",
        "bob one": "AI: Web 2",
        "stock 2": "Arnold",
    }
    assert await used(database, ada.account) == {TODAY: 8, YESTERDAY: 4}
    assert set(outcome.renamed) == {
        *(Renamed(f"AI: {name}", f"AI: {name} 2") for name in ("Anke", "Berta", "Running", "Saved", "Web")),
        *(Renamed(name, f"{name} 2") for name in ("hit Saved", "stock")),
    }
    found = await database.fetch(
        "SELECT t.path AS take, k.storage_path AS kick FROM kickbot.take t"
        " JOIN kickgen_generatedkick k ON k.name = t.name AND k.user_id = t.account_id"
    )
    assert all(row["take"] == row["kick"] for row in found)
    assert {row["take"] for row in found} < ada.paths | bob.paths


@pytest.mark.parametrize("asker", ["web", "chat"])
@pytest.mark.parametrize("older", ["web", "chat"])
async def test_the_web_login_survives(
    rows: Filling, accounts: AccountRows, database: Database, asker: str, older: str
) -> None:
    made = {}
    for kind in (older, "chat" if older == "web" else "web"):
        made[kind] = await household(rows, f"name {kind}", web="ada" if kind == "web" else None)
    before = await database.fetchrow("SELECT * FROM auth_user WHERE id = $1", made["web"].account)
    other = "chat" if asker == "web" else "web"
    await merged(rows, accounts, made[asker], made[other])
    assert await database.fetch("SELECT * FROM auth_user") == [before]
    assert await filling.owners(database) == {made["web"].account}


@pytest.mark.parametrize("asker", [0, 1])
async def test_without_a_web_login_the_older_one_survives(rows: Filling, accounts: AccountRows, asker: int) -> None:
    both = [await household(rows, "ada"), await household(rows, "bob")]
    outcome = await merged(rows, accounts, both[asker], both[1 - asker])
    assert {one.account for one in outcome.identities} == {both[0].account}


async def test_two_web_logins_are_refused(rows: Filling, accounts: AccountRows, database: Database) -> None:
    ada, bob = await household(rows, "ada", web="ada"), await household(rows, "bob", web="bob")
    await rows.entered(ada.identity, bob.identity)
    before = await filling.everything(database)
    with pytest.raises(errors.TwoWebLogins):
        await accounts.merge(bob.account, bob.identity, ada.identity, NOW)
    assert await filling.everything(database) == before


async def test_who_signs_in_without_a_password_keeps_the_account_too(
    rows: Filling, accounts: AccountRows, database: Database
) -> None:
    first, ada, second, bob = await pair(rows)
    web = await People(database, KEYS, lambda: NOW).enrol(Person(WEB, "", str(second), "bob"))
    outcome = await accounts.merge(second, bob, ada, NOW)
    assert {one.account for one in outcome.identities} == {second} == {web}
    assert await database.fetchval("SELECT count(*) FROM auth_user WHERE id = $1", first) == 0
    carol = await rows.identity(await rows.user("carol"), "carol")
    await rows.entered(carol, bob)
    with pytest.raises(errors.TwoWebLogins):
        await accounts.merge(second, bob, carol, NOW)


async def test_only_who_has_entered_the_code_merges_and_only_in_time(
    rows: Filling, accounts: AccountRows, database: Database
) -> None:
    ada, bob, eve = await household(rows, "ada"), await household(rows, "bob"), await household(rows, "eve")
    await rows.entered(eve.identity, bob.identity)
    await age(database, timedelta(minutes=10))
    await rows.entered(ada.identity, bob.identity)
    before = await filling.everything(database)
    for who, whose in ((bob, eve), (eve, ada), (ada, bob)):
        with pytest.raises(errors.NoSuchCode):
            await accounts.merge(who.account, who.identity, whose.identity, NOW)
    with pytest.raises(errors.AccountGone):
        await accounts.merge(eve.account, bob.identity, ada.identity, NOW)
    assert await filling.everything(database) == before
    await accounts.merge(bob.account, bob.identity, ada.identity, NOW)
    with pytest.raises(errors.NoSuchCode):
        await accounts.merge(ada.account, bob.identity, ada.identity, NOW)


async def test_long_names_stay_within_their_length(rows: Filling, accounts: AccountRows, database: Database) -> None:
    first, ada, second, bob = await pair(rows)
    long = "AI: " + "x" * 28
    for account in (first, second):
        await rows.kick(account, long)
        await rows.preset(account, "p" * 32, long)
    await rows.kick(first, f"{long[:30]} 2")
    await rows.preset(first, f"{'p' * 30} 2", "Karl")
    await accounts.merge(second, bob, ada, NOW)
    assert await kicks(database, first) == [f"{long[:30]} 2", f"{long[:30]} 3", long]
    assert (await presets(database, first))[f"{'p' * 30} 3"] == f"{long[:30]} 3"


async def test_names_that_differ_in_capitals_are_parted(
    rows: Filling, accounts: AccountRows, database: Database
) -> None:
    first, ada, second, bob = await pair(rows)
    await rows.preset(first, "Hit House", "Arnold")
    await rows.preset(second, "hit house", "Karl")
    await accounts.merge(second, bob, ada, NOW)
    assert await presets(database, first) == {"Hit House": "Arnold", "hit house 2": "Karl"}


async def test_what_operators_show_to_everybody_keeps_its_name(
    rows: Filling, accounts: AccountRows, database: Database
) -> None:
    first, ada, second, bob = await pair(rows)
    await rows.preset(first, "Hit House", "Arnold")
    await rows.preset(first, "hit house 2", "Arnold")
    await rows.preset(second, "hit house", "Karl", operators=True)
    await rows.preset(second, "Hit House 3", "Karl")
    outcome = await accounts.merge(second, bob, ada, NOW)
    assert outcome.renamed == (Renamed("Hit House", "Hit House 4"),)
    assert set(await presets(database, first)) == {"Hit House 4", "hit house 2", "hit house", "Hit House 3"}


async def test_of_two_that_operators_show_one_has_to_give_way(
    rows: Filling, accounts: AccountRows, database: Database
) -> None:
    first, ada, second, bob = await pair(rows)
    await rows.preset(first, "hit house", "Arnold", operators=True)
    await rows.preset(second, "hit house", "Karl", operators=True)
    await accounts.merge(second, bob, ada, NOW)
    assert await presets(database, first) == {"hit house": "Arnold", "hit house 2": "Karl"}


async def test_a_preset_whose_kick_is_gone_does_not_come_to_mean_another(
    rows: Filling, accounts: AccountRows, database: Database
) -> None:
    first, ada, second, bob = await pair(rows)
    await rows.kick(first, "AI: Anke")
    await rows.preset(first, "my dangling one", "AI: Berta")
    await rows.kick(second, "AI: Berta")
    await rows.preset(second, "their dangling one", "AI: Anke")
    await rows.preset(second, "their sound one", "AI: Berta")
    await accounts.merge(second, bob, ada, NOW)
    assert await kicks(database, first) == ["AI: Anke", "AI: Berta 2"]
    assert await presets(database, first) == {
        "my dangling one": "AI: Berta",
        "their dangling one": "AI: Anke 2",
        "their sound one": "AI: Berta 2",
    }


async def test_what_both_have_saved_is_saved_once_and_both_kicks_stay(
    rows: Filling, accounts: AccountRows, database: Database
) -> None:
    first, ada, second, bob = await pair(rows)
    saved = []
    for account in (first, second):
        kick = await rows.kick(account, "AI: Anke", origin="take:77")
        saved.append((kick, await rows.preset(account, "hit Anke", "AI: Anke")))
        await rows.saved(account, "take:77", *saved[-1])
    only_theirs = await rows.kick(second, "AI: Berta", origin="take:78")
    await rows.saved(second, "take:78", only_theirs)
    await accounts.merge(second, bob, ada, NOW)
    found = await database.fetch("SELECT account_id, origin, kick_id, preset_id FROM kickbot.saved ORDER BY origin")
    assert [tuple(row) for row in found] == [(first, "take:77", *saved[0]), (first, "take:78", only_theirs, None)]
    assert await kicks(database, first) == ["AI: Anke", "AI: Anke 2", "AI: Berta"]
    assert await presets(database, first) == {"hit Anke": "AI: Anke", "hit Anke 2": "AI: Anke 2"}


async def test_a_save_of_both_counts_once(rows: Filling, accounts: AccountRows, database: Database) -> None:
    first, ada, second, bob = await pair(rows)
    eve = await rows.user()
    for account, origin in ((first, "take:77"), (second, "take:77"), (second, "take:78"), (eve, "take:78")):
        kick = await rows.kick(account, f"AI: {origin}", origin=origin)
        await rows.saved(account, origin, kick)
    for account, origin in ((eve, "take:77"), (first, "take:78"), (second, "take:77"), (second, "take:78")):
        await rows.share(account, await rows.preset(account, f"of {origin}", f"AI: {origin}"), [], origin)
    saves = "SELECT account_id, origin, saves FROM kickbot.share ORDER BY id"
    assert [row["saves"] for row in await database.fetch(saves)] == [2, 2, 1, 1]
    await accounts.merge(second, bob, ada, NOW)
    assert [tuple(row) for row in await database.fetch(saves)] == [
        *((eve, "take:77", 1), (first, "take:78", 1), (first, "take:77", 0), (first, "take:78", 1)),
    ]


async def test_a_shared_preset_is_found_by_its_new_name(
    rows: Filling, accounts: AccountRows, database: Database
) -> None:
    first, ada, second, bob = await pair(rows)
    await rows.preset(first, "hit house", "Karl")
    kick = await rows.kick(second, "AI: Anke", origin="take:1")
    await database.execute("UPDATE kickbot.kick_detail SET prompt = 'Deep house' WHERE kick_id = $1", kick)
    share = await rows.share(second, await rows.preset(second, "hit house", "AI: Anke"), ["hit", "house", "deep"])
    await accounts.merge(second, bob, ada, NOW)
    words = await database.fetchval("SELECT words FROM kickbot.share WHERE id = $1", share)
    assert sorted(words) == ["2", "deep", "hit", "house"]


async def test_usage_counts_what_the_web_app_has_made_once(
    rows: Filling, accounts: AccountRows, database: Database
) -> None:
    first, ada, second, bob = await pair(rows)
    for name in ("Anke", "Berta", "Cordula"):
        await rows.kick(first, f"AI: {name}", day=TODAY)
    await rows.kick(first, "AI: Dora", origin="take:1", day=TODAY)
    await rows.used(second, 2)
    await accounts.merge(second, bob, ada, NOW)
    assert await used(database, first) == {TODAY: 5}


async def test_a_user_whom_the_web_app_refers_to_stays_as_nobody(
    rows: Filling, accounts: AccountRows, database: Database
) -> None:
    first, ada, second, bob = await pair(rows)
    await database.execute(
        "CREATE TABLE django_admin_log (id int, user_id int REFERENCES auth_user DEFERRABLE INITIALLY DEFERRED);"
        f"INSERT INTO django_admin_log VALUES (1, {second})"
    )
    await rows.kick(second, "AI: Anke")
    await accounts.merge(second, bob, ada, NOW)
    assert await kicks(database, first) == ["AI: Anke"]
    user = await database.fetchrow("SELECT * FROM auth_user WHERE id = $1", second)
    assert user is not None
    assert user["username"].startswith("gone-")
    assert user["password"].startswith("!")
    assert (user["first_name"], user["last_name"], user["email"], user["is_active"]) == ("", "", "", False)


async def test_both_may_have_an_open_job_from_one_card(
    rows: Filling, accounts: AccountRows, database: Database
) -> None:
    first, ada, second, bob = await pair(rows)
    card = await rows.take(await rows.user(), "AI: Anke")
    jobs = [
        await rows.job(first, ada, "queued", again_of=card),
        await rows.job(second, bob, "running", again_of=card, name="AI: Berta", object_id=uuid4()),
    ]
    await accounts.merge(second, bob, ada, NOW)
    found = await database.fetch("SELECT id, account_id FROM kickbot.job ORDER BY id")
    assert [tuple(row) for row in found] == [(job, first) for job in jobs]


async def test_a_running_job_keeps_a_name_and_leaves_no_file_behind(
    rows: Filling, accounts: AccountRows, database: Database
) -> None:
    first, ada, second, bob = await pair(rows)
    thing = uuid4()
    await rows.job(first, ada, "running", name="AI: Anke", object_id=uuid4())
    job = await rows.job(second, bob, "running", name="AI: Anke", object_id=thing)
    await accounts.merge(second, bob, ada, NOW)
    row = await database.fetchrow("SELECT account_id, name, charged FROM kickbot.job WHERE id = $1", job)
    assert row is not None
    assert tuple(row) == (first, "AI: Anke 2", [f"account:{first}", "all"])
    [trash] = await database.fetch("SELECT path, due - now() AS wait FROM kickbot.trash")
    assert trash["path"] == f"{second}/{thing}.wav"
    assert timedelta(minutes=59) < trash["wait"] <= timedelta(hours=1)


async def test_merges_that_cross_end_in_one_account(rows: Filling, accounts: AccountRows, database: Database) -> None:
    homes = [await household(rows, name) for name in ("ada", "bob", "eve", "dan")]
    circle = list(zip(homes, homes[1:] + homes[:1], strict=True))
    for giver, taker in circle:
        await rows.entered(giver.identity, taker.identity)
    outcomes = await asyncio.gather(
        *(accounts.merge(taker.account, taker.identity, giver.identity, NOW) for giver, taker in circle),
        return_exceptions=True,
    )
    assert all(isinstance(end, Merged | errors.AccountGone | errors.SameAccount) for end in outcomes), outcomes
    left = await filling.owners(database)
    assert len(left) == 4 - sum(isinstance(end, Merged) for end in outcomes)
    counts = await database.fetchrow(
        "SELECT (SELECT count(*) FROM kickbot.take), (SELECT count(*) FROM kickgen_generatedkick),"
        " (SELECT count(*) FROM presets_preset), (SELECT sum(used) FROM kickbot.usage WHERE day = $1)",
        TODAY,
    )
    assert counts is not None
    assert tuple(counts) == (16, 8, 12, 16)


async def test_the_same_merge_twice_at_once_is_done_once(rows: Filling, accounts: AccountRows) -> None:
    ada, bob = await household(rows, "ada"), await household(rows, "bob")
    await rows.entered(ada.identity, bob.identity)
    ends = await asyncio.gather(
        *(accounts.merge(bob.account, bob.identity, ada.identity, NOW) for _ in range(5)), return_exceptions=True
    )
    assert sum(isinstance(end, Merged) for end in ends) == 1
    assert sum(isinstance(end, errors.NoSuchCode) for end in ends) == 4


async def test_a_save_under_way_is_waited_for(rows: Filling, accounts: AccountRows, database: Database) -> None:
    first, ada, second, bob = await pair(rows)
    async with database.transaction() as saving:
        await saving.execute("SELECT FROM auth_user WHERE id = $1 FOR NO KEY UPDATE", second)
        merging = asyncio.create_task(accounts.merge(second, bob, ada, NOW))
        await when_waiting(database, 1)
        await Filling(saving).kick(second, "AI: Anke")  # type: ignore[arg-type]
        assert not merging.done()
    await merging
    assert await kicks(database, first) == ["AI: Anke"]


async def test_a_save_that_comes_later_finds_the_account_gone(
    rows: Filling, accounts: AccountRows, database: Database
) -> None:
    _, ada, second, bob = await pair(rows)
    await accounts.merge(second, bob, ada, NOW)
    assert await database.fetch("SELECT id FROM auth_user WHERE id = $1 FOR NO KEY UPDATE", second) == []


async def test_a_merge_that_ends_in_a_deadlock_is_tried_again(
    rows: Filling, target: pool.Target, database: Database
) -> None:
    first, ada, second, bob = await pair(rows)
    take = await rows.take(second, "AI: Anke")
    job = await rows.job(second, bob)
    await database.execute(f"ALTER DATABASE {target.name} SET deadlock_timeout = '2s'")
    async with pool.open_pool(target) as connections:
        accounts = AccountRows(Database(connections), KEYS, PLATFORMS)
        async with database.transaction() as sweeping:
            await sweeping.execute("SET LOCAL deadlock_timeout = '1min'")
            await sweeping.execute("SELECT FROM kickbot.take WHERE id = $1 FOR UPDATE", take)
            merging = asyncio.create_task(accounts.merge(second, bob, ada, NOW))
            await when_waiting(database, 1)
            await sweeping.execute("SELECT FROM kickbot.job WHERE id = $1 FOR UPDATE", job)
        await merging
    assert await takes(database, first) == ["AI: Anke"]


async def test_all_of_it_works_through_a_transaction_pooler(
    rows: Filling, pooled_database: Database, database: Database
) -> None:
    ada, bob = await household(rows, "ada"), await household(rows, "bob")
    pooled = AccountRows(pooled_database, KEYS, PLATFORMS)
    await merged(rows, pooled, bob, ada)
    assert await filling.owners(database) == {ada.account}
    await pooled.unlink(ada.account, bob.identity, NOW)
    await pooled.forget(ada.account, with_web=False)
    assert ada.account not in await filling.owners(database)


async def test_a_name_that_the_web_app_takes_meanwhile_is_numbered_too(
    rows: Filling, accounts: AccountRows, target: pool.Target
) -> None:
    """The names are compared already when it does."""
    first, ada, second, bob = await pair(rows)
    render = uuid4()
    await rows.preset(second, "Same", "Arnold")
    await rows.job(second, bob, "running", name="AI: Running", object_id=render)
    async with pool.open_pool(target) as connections:
        async with Database(connections).transaction() as holding:
            await holding.execute("INSERT INTO kickbot.trash VALUES ($1, now())", f"{second}/{render}.wav")
            merging = asyncio.create_task(accounts.merge(second, bob, ada, NOW))
            await when_waiting(rows.database, 1)
            await rows.preset(first, "Same", "Karl")
        assert (await merging).renamed == (Renamed("Same", "Same 2"),)
    assert await presets(rows.database, first) == {"Same": "Karl", "Same 2": "Arnold"}


async def test_names_that_are_numbered_already_are_numbered_on(rows: Filling, accounts: AccountRows) -> None:
    first, ada, second, bob = await pair(rows)
    for number, end in enumerate(("", " 2", " 3", " 4", " 5")):
        await rows.preset(first, f"Tight{end}", "Arnold")
        await rows.preset(second, f"TIGHT{end}" if number % 2 else f"tight{end}", "Karl")
        await rows.kick(first, f"AI: Anke{end}")
        await rows.kick(second, f"AI: ANKE{end}" if number % 2 else f"AI: Anke{end}")
    merged = await accounts.merge(second, bob, ada, NOW)
    assert len(merged.renamed) == 10
    assert len({name.lower() for name in await presets(rows.database, first)}) == 10
    assert len({name.lower() for name in await kicks(rows.database, first)}) == 10
