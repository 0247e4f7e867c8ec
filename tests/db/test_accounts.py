"""AccountRows as a whole: what they have, and who leaves them."""

import asyncio
from datetime import timedelta

import pytest

from bots.composition.platforms import PLATFORMS
from core import errors
from core.people import WEB, Person
from core.stores.accounts import Holdings
from db.accounts.accounts import AccountRows
from db.accounts.people import People
from db.postgres.database import Database
from tests.core.people import KEYS
from tests.db import filling
from tests.db.filling import NOW, TODAY, Filling, household

NOBODY = Person("discord", "", "id-nobody", "nobody")


@pytest.fixture
def rows(database: Database) -> Filling:
    return Filling(database)


@pytest.fixture
def accounts(database: Database) -> AccountRows:
    return AccountRows(database, KEYS, PLATFORMS)


@pytest.fixture
def people(database: Database) -> People:
    return People(database, KEYS, lambda: NOW)


async def test_an_account_has_what_is_its_own(rows: Filling, accounts: AccountRows) -> None:
    await household(rows, "bob")
    ada = await household(rows, "ada", web="ada")
    also = await rows.identity(ada.account, "ada too", "slack")
    found = await accounts.holdings(ada.account, NOW)
    assert [one.id for one in found.identities] == [ada.identity, also]
    assert found == Holdings(
        identities=found.identities, web="ada", takes=4, kicks=2, presets=3, shares=1, messages=3, made=4
    )
    assert (await accounts.holdings(ada.account, NOW + timedelta(days=1))).made == 0


async def test_an_identity_is_found_by_who_it_is(rows: Filling, accounts: AccountRows) -> None:
    ada = await household(rows, "ada")
    found = await accounts.identity(await rows.person(ada.identity))
    assert found is not None
    assert (found.id, found.account, found.label) == (ada.identity, ada.account, "ada on Discord")
    assert await accounts.identity(NOBODY) is None


async def test_who_leaves_starts_anew_and_takes_nothing_along(
    rows: Filling, accounts: AccountRows, database: Database, people: People
) -> None:
    ada = await household(rows, "ada")
    leaver = await rows.identity(ada.account, "ada too", "slack")
    person = await rows.person(leaver)
    await rows.entered(leaver, ada.identity)
    before = await accounts.holdings(ada.account, NOW)

    await accounts.unlink(ada.account, leaver, NOW)

    fresh = await people.account(person)
    assert fresh not in (None, ada.account)
    assert await people.enrol(person) == fresh
    found = await accounts.holdings(fresh or 0, NOW)
    assert found == Holdings(identities=found.identities, made=4)
    after = await accounts.holdings(ada.account, NOW)
    assert [one.id for one in after.identities] == [ada.identity]
    assert (after.takes, after.kicks, after.made) == (before.takes, before.kicks, before.made)
    assert await database.fetchval("SELECT count(*) FROM kickbot.link_code") == 0


async def test_the_last_one_stays_unless_there_is_a_web_login(
    rows: Filling, accounts: AccountRows, database: Database
) -> None:
    ada, bob = await household(rows, "ada"), await household(rows, "bob", web="bob")
    with pytest.raises(errors.LastIdentity):
        await accounts.unlink(ada.account, ada.identity, NOW)
    await accounts.unlink(bob.account, bob.identity, NOW)
    assert (await accounts.holdings(bob.account, NOW)).identities == ()
    assert bob.account in await filling.owners(database)


async def test_who_signs_in_to_the_web_app_stays_with_that_account(
    rows: Filling, accounts: AccountRows, people: People
) -> None:
    ada = await household(rows, "ada", web="ada")
    person = Person(WEB, "", str(ada.account), "ada")
    await people.enrol(person)
    found = await accounts.identity(person)
    assert found is not None
    with pytest.raises(errors.WebStays, match="removes others from it"):
        await accounts.unlink(ada.account, found.id, NOW)
    await accounts.unlink(ada.account, ada.identity, NOW)
    with pytest.raises(errors.WebStays):
        await accounts.unlink(ada.account, found.id, NOW)
    assert await people.account(person) == ada.account


async def test_of_two_that_leave_at_once_one_stays(rows: Filling, accounts: AccountRows) -> None:
    ada = await household(rows, "ada")
    also = await rows.identity(ada.account, "ada too", "slack")
    ends = await asyncio.gather(
        *(accounts.unlink(ada.account, one, NOW) for one in (ada.identity, also)), return_exceptions=True
    )
    assert [type(end) for end in ends if end] == [errors.LastIdentity]
    assert len((await accounts.holdings(ada.account, NOW)).identities) == 1


async def test_nobody_changes_the_account_of_another(rows: Filling, accounts: AccountRows, database: Database) -> None:
    ada, eve = await household(rows, "ada"), await household(rows, "eve")
    await rows.identity(ada.account, "ada too", "slack")
    await rows.entered(ada.identity, eve.identity)
    before = await filling.everything(database)
    with pytest.raises(errors.AccountGone):
        await accounts.unlink(eve.account, ada.identity, NOW)
    with pytest.raises(errors.NoSuchCode):
        await accounts.merge(eve.account, ada.identity, eve.identity, NOW)
    with pytest.raises(errors.AccountGone):
        await accounts.merge(ada.account + eve.account, eve.identity, ada.identity, NOW)
    assert await filling.everything(database) == before
    await accounts.forget(eve.account, with_web=True)
    assert await filling.owners(database) == {ada.account}


async def test_who_signs_in_to_the_web_app_has_that_account(
    rows: Filling, accounts: AccountRows, people: People
) -> None:
    account = await rows.user("ada")
    person = Person(WEB, "", str(account), "ada")
    assert await people.enrol(person) == account
    assert await people.enrol(person) == account
    found = await accounts.holdings(account, NOW)
    assert [one.label for one in found.identities] == ["ada on the web"]


async def test_a_name_is_kept_as_it_is_now(accounts: AccountRows, people: People) -> None:
    first = await people.enrol(NOBODY)
    renamed = Person(NOBODY.platform, NOBODY.realm, NOBODY.id, "somebody")
    assert await people.enrol(renamed) == first
    found = await accounts.identity(NOBODY)
    assert found is not None
    assert found.person == renamed


async def test_todays_count_of_one_who_never_left_is_nothing(accounts: AccountRows, database: Database) -> None:
    await database.execute("INSERT INTO kickbot.usage VALUES ('all', $1, 7)", TODAY)
    assert await accounts.made_before_leaving(NOBODY, NOW) == 0
