"""Messages to be removed, shared among processes: each claimed by one, none given up within a week."""

import asyncio

from core.chat.removals import Removal, Removals
from core.messages import Posted
from db.postgres.database import Database
from db.removals import RemovalRows
from db.sweepings import Sweepings
from tests.fakes.channels import Channels

MESSAGES = [Posted("test-bot", "general", f"{number:02}") for number in range(30)]


async def test_three_processes_claim_each_message_once(either: Database) -> None:
    rows = RemovalRows(either)
    for one in MESSAGES:
        await rows.add(one)
    await rows.add(Posted("another-bot", "general", "1"))
    claimed = await asyncio.gather(*(rows.claim(["test-bot"], 11) for _ in range(3)))
    assert sorted(one.message for claim in claimed for one in claim) == [one.message for one in MESSAGES]
    assert await rows.claim(["test-bot"], 11) == []
    await rows.end(claimed[0])
    assert await either.fetchval("SELECT count(*) FROM kickbot.removal") == 31 - len(claimed[0])


async def test_what_a_process_has_left_is_due_again_ever_later(database: Database) -> None:
    rows, waits = RemovalRows(database), []
    await rows.add(MESSAGES[0])
    for _ in range(4):
        assert await rows.claim(["test-bot"], 5) == MESSAGES[:1]
        assert await rows.claim(["test-bot"], 5) == []
        waits.append(
            await database.fetchval("SELECT extract(epoch FROM due - now())::float8 / 60 FROM kickbot.removal")
        )
        await database.execute("UPDATE kickbot.removal SET due = now()")
    assert [round(wait) for wait in waits] == [1, 2, 4, 8]
    await database.execute("UPDATE kickbot.removal SET created_at = now() - interval '8 days'")
    assert await rows.claim(["test-bot"], 5) == []
    await rows.add(MESSAGES[1])
    await Sweepings(database).forget("messages to remove", 10)
    assert await database.fetchval("SELECT string_agg(message, ',') FROM kickbot.removal") == MESSAGES[1].message


async def test_draining_goes_through_all_once_whatever_comes_of_it(database: Database) -> None:
    rows, channels = RemovalRows(database), Channels(came=Removal.LATER)
    for one in MESSAGES:
        await rows.add(one)
    removals = Removals(rows, {"test-bot": channels.remove})
    await removals.drain(["test-bot", "another-bot"])
    assert sorted(one.message for one in channels.asked) == [one.message for one in MESSAGES]
    assert await database.fetchval("SELECT count(*) FROM kickbot.removal WHERE attempts = 1") == 30
    await database.execute("UPDATE kickbot.removal SET due = now()")
    channels.came = Removal.DONE
    await removals.drain(["test-bot"])
    assert await database.fetchval("SELECT count(*) FROM kickbot.removal") == 0


async def test_one_that_fails_in_a_way_nobody_foresaw_keeps_no_other(database: Database) -> None:
    rows, channels = RemovalRows(database), Channels()

    async def remove(posted: Posted) -> Removal:
        if posted == MESSAGES[1]:
            raise ValueError("odd")
        return await channels.remove(posted)

    for one in MESSAGES[:3]:
        await rows.add(one)
    came = await Removals(rows, {"test-bot": remove}).remove(MESSAGES[:3], 20)
    assert [came[one] for one in MESSAGES[:3]] == [Removal.DONE, Removal.LATER, Removal.DONE]
    assert await database.fetchval("SELECT string_agg(message, ',') FROM kickbot.removal") == MESSAGES[1].message
