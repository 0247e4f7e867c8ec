"""Taking a save back: undone where nothing came of it."""

import asyncio
from datetime import timedelta

import pytest

from core import files
from core.answers import replies
from core.people import Actor
from tests.core.library.shop import Shop
from tests.core.people import actor

ADA, BOB = actor("ada"), actor("bob")


async def test_a_copy_goes_with_its_file(shop: Shop) -> None:
    take = await shop.kick("ada")
    saved = await shop.desk.library.save(BOB, take.ref)
    answer = await shop.desk.library.unsave(BOB, take.ref)
    assert (answer.kind, answer.text) == ("unsaved", f'"{saved.card.name}" is no longer in your library.')
    assert (await shop.desk.library.kicks(BOB)).kept == 0
    assert shop.files.objects.keys() == {take.path, files.picture_path(take.path)}
    assert (await shop.desk.library.save(BOB, take.ref)).fresh, "and it can be saved again"


async def test_nobody_waits_for_storage_that_does_not_answer(shop: Shop) -> None:
    take = await shop.kick("ada")
    await shop.desk.library.save(BOB, take.ref)
    shop.patience, shop.files.hangs = 0.2, True
    async with asyncio.timeout(30):
        answer = await shop.services().library.unsave(BOB, take.ref)
    assert answer.kind == "unsaved"
    assert "The files of 1 kick could not be removed yet" in answer.text
    assert (await shop.desk.library.kicks(BOB)).kept == 0


async def test_ones_own_take_keeps_its_file_until_it_expires(shop: Shop) -> None:
    take = await shop.kick("ada")
    await shop.desk.library.save(ADA, take.ref)
    assert (await shop.desk.library.unsave(ADA, take.ref)).kind == "unsaved"
    await shop.sweeper.sweep()
    assert await shop.dangling() == set()
    assert take.path in shop.files.objects


async def test_a_kick_whose_take_has_expired_meanwhile_goes_with_its_file(shop: Shop) -> None:
    take = await shop.kick("ada")
    await shop.desk.library.save(ADA, take.ref)
    await shop.database.execute("DELETE FROM kickbot.take")
    assert (await shop.desk.library.unsave(ADA, take.ref)).kind == "unsaved"
    assert shop.files.objects == {}


async def renamed(shop: Shop, who: Actor, preset: str) -> None:
    shop.moment += timedelta(seconds=1)
    await shop.desk.presets.rename(who, preset, "mine")


async def shared(shop: Shop, who: Actor, preset: str) -> None:
    await shop.desk.sharing.share(who, preset)


async def shown(shop: Shop, who: Actor, preset: str) -> None:
    entry = (await shop.desk.presets.show(who, preset)).entry
    await shop.showing.posted(who, "posted", entry.card.ref)


async def played_by_another(shop: Shop, who: Actor, preset: str) -> None:
    account = await shop.account(who.person.name)
    sample = await shop.database.fetchval("SELECT kick_sample FROM presets_preset WHERE user_id = $1", account)
    await shop.filling.preset(account, "another", sample)


@pytest.mark.parametrize(
    ("something", "why"),
    [
        (renamed, "you have changed it since"),
        (shared, "it has been shown to others"),
        (shown, "it has been shown to others"),
        (played_by_another, "another preset of yours plays its kick"),
    ],
)
async def test_what_something_came_of_stays_and_the_answer_says_why(shop: Shop, something: object, why: str) -> None:
    assert callable(something)
    take = await shop.kick("ada")
    saved = await shop.desk.library.save(BOB, take.ref)
    await something(shop, BOB, str(saved.card.ref))
    answer = await shop.desk.library.unsave(BOB, take.ref)
    assert answer.kind == "kept"
    assert why in answer.text
    assert (await shop.desk.library.kicks(BOB)).kept == 1
    assert await shop.dangling() == set()


async def test_there_is_nothing_to_take_back_from_ones_own_preset_or_without_a_save(shop: Shop) -> None:
    preset = await shop.shared("ada")
    assert preset.kick is not None
    for who in (ADA, BOB, actor("nobody")):
        for ref in (preset.ref, preset.kick.ref):
            assert (await shop.desk.library.unsave(who, ref)).kind == "nothing"
    await shop.desk.library.save(BOB, preset.ref)
    assert (await shop.desk.library.unsave(BOB, preset.ref)).kind == "unsaved"
    assert (await shop.preset(preset.ref)).kick is not None


async def test_a_kick_of_the_web_app_stays_when_its_save_is_taken_back(shop: Shop) -> None:
    kick = await shop.web_kick(await shop.account("ada"))
    await shop.messages.record(await shop.account("ada"), ADA.place, "m", kick)
    await shop.desk.library.save(ADA, kick)
    assert (await shop.desk.library.unsave(ADA, kick)).kind == "nothing", "it is her own"
    copy = await shop.desk.library.save(BOB, kick)
    assert (await shop.desk.library.unsave(BOB, kick)).kind == "unsaved"
    assert copy.card.audio is not None
    assert copy.card.audio.path not in shop.files.objects
    assert await shop.dangling() == set()


async def test_a_kick_that_was_in_the_library_before_stays_there(shop: Shop) -> None:
    take = await shop.kick("ada")
    first = await shop.desk.library.save(BOB, take.ref)
    assert isinstance(await shop.desk.presets.delete(BOB, str(first.card.ref)), replies.Deleted)
    assert (await shop.desk.library.save(BOB, take.ref)).fresh
    assert (await shop.desk.library.unsave(BOB, take.ref)).kind == "unsaved"
    assert (await shop.desk.library.kicks(BOB)).kept == 1
    assert (await shop.desk.presets.mine(BOB)).entries == ()
    assert await shop.dangling() == set()
    assert (await shop.desk.library.unsave(BOB, take.ref)).kind == "nothing"
