"""Notifications are kept with what they tell of, claimed by one process at a time, and gone when they are sent."""

import asyncio

from bots.composition.platforms import PLATFORMS
from core.identities import Identity, Notification, PendingNotification
from core.people import Person
from db.accounts import notifications
from db.accounts.accounts import AccountRows
from db.accounts.notifications import NotificationRows
from db.postgres.database import Database
from db.sweepings import Sweepings
from tests.core.people import KEYS
from tests.db.filling import NOW, Filling

LEFT = "SELECT string_agg(external_id, ',' ORDER BY external_id) FROM kickbot.letter"


def words(identities: tuple[Identity, ...]) -> tuple[Notification, ...]:
    """Something for everybody."""
    return tuple(Notification(one, f"hello {one.id}") for one in identities)


async def wrote(database: Database, *people: Person) -> list[PendingNotification]:
    """A notification to each."""
    written = tuple(
        Notification(Identity(0, 0, person, PLATFORMS.platform(person)), f"hello {person.name}") for person in people
    )
    async with database.transaction() as transaction:
        await notifications.add(transaction, written)
    return [one.pending for one in written]


def person(name: str, platform: str = "discord", realm: str = "") -> Person:
    return Person(platform, realm, f"id-{name}", name)


async def test_whoever_can_be_written_to_is_told_of_a_merge_an_unlinking_and_a_forgetting(database: Database) -> None:
    rows, accounts = Filling(database), AccountRows(database, KEYS, PLATFORMS)
    ada, bob = await rows.user(), await rows.user()
    hers = [await rows.identity(ada, "ada"), await rows.identity(ada, "typist", "console")]
    his = await rows.identity(bob, "bob", "slack")
    await rows.entered(hers[0], his)
    merged = await accounts.merge(bob, his, hers[0], NOW, words)
    assert len(merged.notifications) == 3
    assert await database.fetchval(LEFT) == "id-ada,id-bob", "a console shows at once what it has to tell"

    assert len(await accounts.unlink(ada, his, NOW, words)) == 3
    assert await database.fetchval(LEFT) == "id-ada,id-ada,id-bob,id-bob"
    gone = await accounts.forget(ada, with_web=False, words=words)
    assert len(gone.notifications) == 2
    assert await database.fetchval(LEFT) == "id-ada,id-bob,id-bob", "who is forgotten is told nothing but that"
    kept = await database.fetch("SELECT l::text AS row FROM kickbot.letter l WHERE external_id = 'id-ada'")
    assert [row["row"].count("ada") for row in kept] == [1], "their name is not kept"


async def test_three_processes_claim_each_letter_once(either: Database) -> None:
    rows, people = NotificationRows(either), [person(str(number)) for number in range(7)]
    await wrote(either, *people, person("far", "slack", "T2"))
    claimed = await asyncio.gather(*(rows.claim("discord", [""]) for _ in range(9)))
    assert sorted(one.to.id for one in claimed if one) == [one.id for one in people]
    assert await rows.claim("slack", ["T1"]) is None
    far = await rows.claim("slack", ["T1", "T2"])
    assert far is not None
    assert (far.to, far.text) == (Person("slack", "T2", "id-far", ""), "hello far")
    await rows.sent(far)
    assert await either.fetchval("SELECT count(*) FROM kickbot.letter") == 7


async def test_who_has_written_a_letter_sends_it_unless_another_does(database: Database) -> None:
    rows = NotificationRows(database)
    [mine] = await wrote(database, person("ada"))
    assert sorted(await asyncio.gather(*(rows.claim_this(mine) for _ in range(3)))) == [False, False, True]
    assert await rows.claim("discord", [""]) is None
    await rows.sent(mine)
    assert not await rows.claim_this(mine)
    [another] = await wrote(database, person("bob"))
    assert await rows.claim("discord", [""]) == PendingNotification(
        another.id, Person("discord", "", "id-bob", ""), "hello bob"
    )
    assert not await rows.claim_this(another)


async def test_a_letter_that_nobody_can_send_is_due_ever_later_and_goes_after_a_week(database: Database) -> None:
    rows, waits = NotificationRows(database), []
    await wrote(database, person("ada"))
    for _ in range(4):
        assert await rows.claim("discord", [""]) is not None
        assert await rows.claim("discord", [""]) is None
        waits.append(await database.fetchval("SELECT extract(epoch FROM due - now())::float8 / 60 FROM kickbot.letter"))
        await database.execute("UPDATE kickbot.letter SET due = now()")
    assert [round(wait) for wait in waits] == [1, 2, 4, 8]
    await database.execute("UPDATE kickbot.letter SET created_at = now() - interval '8 days'")
    assert await rows.claim("discord", [""]) is None
    await wrote(database, person("bob"))
    await Sweepings(database).forget("notifications", 10)
    assert await database.fetchval(LEFT) == "id-bob"
