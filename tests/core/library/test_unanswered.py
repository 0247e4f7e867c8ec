"""Whoever changes something reads what was done, also where the database's answer to it was lost."""

from collections.abc import AsyncIterator, Callable

import pytest

from core.answers import replies
from core.messages import Posted
from db.postgres import pool
from db.postgres.database import Database
from db.seen_events import SeenEvents
from tests import cutting
from tests.core.accounts import ADA_L, MARY, accounts_of, linked
from tests.core.library.shop import Shop
from tests.core.people import actor
from tests.cutting import Cuts

ADA, BOB = actor("ada"), actor("bob")

Lose = Callable[[Cuts, str], None]
lost = pytest.mark.parametrize("lose", [Cuts.answers, Cuts.questions])


@pytest.fixture
async def line(target: pool.Target) -> AsyncIterator[tuple[Shop, Cuts]]:
    """A shop behind a line that may be cut."""
    async with cutting.relayed(target) as (through, cuts), pool.open_pool(through) as connections:
        yield Shop(Database(connections)), cuts


@lost
async def test_what_is_done_with_kicks_and_presets(line: tuple[Shop, Cuts], lose: Lose) -> None:
    shop, cuts = line
    told = []

    async def say(who: str, line: str) -> None:
        lose(cuts, "COMMIT")
        reply = await shop.say(who, line)
        assert isinstance(reply, replies.Saved | replies.Notice | replies.Deleted)
        told.append(reply.text)
        assert cuts.times == 0, f"{line}: the line was not cut"

    take = await shop.kick("ada")
    await shop.account("bob")
    await say("bob", f"save {take.ref}")
    copy = (await shop.database.fetchval("SELECT preset_name FROM presets_preset"), take.name)
    await say("bob", f"rename {copy[0]}, Mine")
    await say("bob", "share Mine")
    await say("bob", "unshare Mine")
    await say("bob", "presets delete Mine")
    await say("bob", f"delete {take.name}")
    assert told == [
        f'Saved as your preset "{copy[0]}".',
        f'"{copy[0]}" is called "Mine" now.',
        '"Mine" is shared here now: everybody finds it with "browse".',
        '"Mine" is no longer shared here.',
        f'Your preset "Mine" is deleted. Its kick {take.name} is still in your library.',
        f"{take.name} is deleted: its file and all that was kept of it.",
    ]
    assert await shop.dangling() == set()


@lost
async def test_a_save_by_reaction_and_its_end(line: tuple[Shop, Cuts], lose: Lose) -> None:
    shop, cuts = line
    take = await shop.kick("ada")
    await shop.account("bob")
    for sql in ("COMMIT", "kickbot.reaction", "kickbot.trash"):
        lose(cuts, sql)
        saved = await shop.reactions.save(BOB, take.ref, f"message-{take.ref.id}")
        assert saved.fresh
        lose(cuts, "COMMIT")
        undone = await shop.reactions.taken_away(BOB, take.ref, f"message-{take.ref.id}")
        assert undone == replies.Notice("unsaved", f'"{saved.card.name}" is no longer in your library.')
    assert cuts.made == 6
    assert await shop.dangling() == set()


@lost
async def test_accounts_are_joined_parted_and_forgotten(line: tuple[Shop, Cuts], lose: Lose) -> None:
    shop, cuts = line
    service = accounts_of(shop)
    await shop.kick("ada")
    lose(cuts, "COMMIT")
    code = await service.link(ADA)
    lose(cuts, "INSERT INTO kickbot.link_code")
    code = await service.link(ADA)
    await shop.people.enrol(ADA_L.person)
    lose(cuts, "UPDATE kickbot.identity SET display_name")
    claim = await service.claim(ADA_L, code.code)
    lose(cuts, "COMMIT")
    done = await service.confirm(ADA_L, claim.theirs.id)
    assert {one.person for one in done.identities} == {ADA.person, ADA_L.person}
    await linked(service, ADA, MARY)
    lose(cuts, "COMMIT")
    assert (await service.unlink(ADA, "mary")).identity.person == MARY.person
    leaving = await service.leaving(ADA)
    lose(cuts, "COMMIT")
    forgotten = await service.forget(ADA, leaving.mine.id)
    assert forgotten.text.startswith("You are forgotten here.")
    assert cuts.made == 6
    assert await shop.people.account(ADA.person) is None
    assert shop.files.objects == {}


@lost
@pytest.mark.parametrize("gone", [True, False])
async def test_whoever_asks_for_a_take_in_doubt_is_told_of_it(
    line: tuple[Shop, Cuts], lose: Lose, *, gone: bool
) -> None:
    shop, cuts = line
    doubted, other = await shop.kick("ada"), await shop.kick("ada")
    await shop.database.execute("UPDATE kickbot.take SET doubted_at = now() WHERE id = $1", doubted.id)
    if gone:
        del shop.files.objects[doubted.path]
    lose(cuts, "doubted_at = $2")
    listed = await shop.desk.library.kicks(ADA)
    assert cuts.made == 1
    assert [card.ref for card in listed.takes] == ([other.ref] if gone else [other.ref, doubted.ref])
    assert await shop.database.fetchval("SELECT count(*) FROM kickbot.take WHERE doubted_at IS NOT NULL") == 0


@lost
async def test_a_sweep_goes_to_its_end(line: tuple[Shop, Cuts], lose: Lose) -> None:
    """Else it is begun anew at once: by another process, or with the same files."""
    shop, cuts = line
    stuck, other = [f"1/00000000-0000-4000-8000-{number:012}.wav" for number in range(2)]
    shop.files.stuck.add(stuck)
    for sql in ("DELETE FROM kickbot.trash", "UPDATE kickbot.trash", "done_at = now()"):
        await shop.database.execute("DELETE FROM kickbot.trash; UPDATE kickbot.lease SET done_at = '-infinity'")
        for path in (stuck, other):
            await shop.database.execute("INSERT INTO kickbot.trash VALUES ($1, now())", path)
        lose(cuts, sql)
        await shop.sweeper.sweep()
        assert cuts.times == 0, sql
        assert await shop.database.fetchval("SELECT count(*) FROM kickbot.trash WHERE due > now()") == 1
        assert await shop.database.fetchval("SELECT done_at > now() - interval '1 minute' FROM kickbot.lease")


@lost
async def test_an_event_is_heard_by_whoever_asked(line: tuple[Shop, Cuts], lose: Lose) -> None:
    shop, cuts = line
    lose(cuts, "kickbot.heard")
    assert await SeenEvents(shop.database).first("a", "event")
    assert cuts.times == 0
    assert not await SeenEvents(shop.database).first("a", "event")


@lost
async def test_a_message_is_noted(line: tuple[Shop, Cuts], lose: Lose) -> None:
    shop, cuts = line
    take = await shop.kick("ada")
    lose(cuts, "kickbot.message")
    await shop.showing.posted(ADA, "shown", take.ref)
    assert cuts.times == 0
    assert await shop.showing.shown(ADA.place, "shown") == take.ref
    assert Posted("test-bot", "general", "shown") in [one.posted for one in await shop.messages.recent("test-bot", 1)]
