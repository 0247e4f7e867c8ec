"""Saving: one gesture, one kick, one preset, a file of one's own."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from core import days, errors, files
from core.kicks import Amounts
from core.refs import Ref
from tests.core.library.shop import Shop, elsewhere
from tests.core.people import SERVER, actor

ADA, BOB = actor("ada"), actor("bob")


async def test_ones_own_take_becomes_a_kick_and_a_preset_and_keeps_its_file(shop: Shop) -> None:
    take = await shop.kick("ada", "deep house")
    saved = await shop.desk.library.save(ADA, take.ref)

    assert saved.fresh
    assert saved.text == f'Saved as your preset "{saved.card.name}".'
    preset = await shop.preset(saved.card.ref)
    assert preset.name == saved.card.name
    assert preset.name.startswith("deep house ")
    assert preset.amounts == Amounts()
    assert preset.created == preset.updated
    assert not preset.operators
    assert preset.kick is not None
    assert preset.kick.sound == take.sound
    assert preset.sample == take.name
    row = await shop.database.fetchrow("SELECT * FROM kickgen_generatedkick")
    assert row is not None
    assert (row["audio_url"], row["storage_path"]) == (shop.files.url(take.path), take.path)
    assert row["created_at"] == days.day(take.created)
    assert len(shop.files.objects) == 2, "sound and picture, as before"


async def test_anothers_take_is_copied_with_all_that_is_known_of_it(shop: Shop) -> None:
    take = await shop.kick("ada")
    saved = await shop.desk.library.save(BOB, take.ref)

    preset = await shop.preset(saved.card.ref)
    assert preset.kick is not None
    sound = preset.kick.sound
    assert (sound.name, sound.facts, sound.recipe, sound.origin) == (take.name, take.facts, take.recipe, take.ref)
    assert sound.created == days.day(take.created) - timedelta(days=1), "no kick that the web app would count today"
    assert sound.path.startswith(f"{preset.account}/")
    assert shop.files.objects[sound.path] == shop.files.objects[take.path]
    assert shop.files.objects[files.picture_path(sound.path)] == shop.files.objects[files.picture_path(take.path)]
    assert await shop.database.fetchval("SELECT web_made FROM kickbot.kick_detail") is False
    assert await shop.database.fetchval("SELECT count(*) FROM kickbot.trash") == 0


async def test_nobodys_deletion_takes_anything_from_anybody_else(shop: Shop) -> None:
    take = await shop.kick("ada")
    saved = await shop.desk.library.save(BOB, take.ref)
    await shop.desk.library.delete(ADA, str(take.ref))
    assert saved.card.audio is not None
    assert shop.files.objects.keys() == {saved.card.audio.path, files.picture_path(saved.card.audio.path)}


async def test_another_preset_is_saved_with_its_amounts_and_its_name(shop: Shop) -> None:
    preset = await shop.shared("ada")
    await shop.database.execute("UPDATE presets_preset SET bpm = 174, noise_sample = 'UFO' WHERE id = $1", preset.id)
    saved = await shop.desk.library.save(BOB, preset.ref)
    copy = await shop.preset(saved.card.ref)
    assert copy.name == preset.name
    assert copy.amounts == replace(Amounts(), bpm=174, noise_sample="UFO")
    assert copy.kick is not None
    assert preset.kick is not None
    assert copy.kick.sound.origin == preset.kick.sound.origin


@pytest.mark.parametrize("who", ["ada", "bob"])
async def test_saving_twice_is_one_save_whichever_way_the_sound_is_met(shop: Shop, who: str) -> None:
    preset = await shop.shared("ada")
    assert preset.kick is not None
    take = preset.kick.sound.origin
    first = await shop.desk.library.save(actor(who), take)
    for again in (take, preset.ref, first.card.ref):
        saved = await shop.desk.library.save(actor(who), again)
        assert (saved.fresh, saved.card) == (False, first.card)
        assert "already" in saved.text
    kicks = await shop.desk.library.kicks(actor(who))
    assert kicks.kept == 1


async def test_a_copy_of_a_copy_is_still_the_same_sound(shop: Shop) -> None:
    take = await shop.kick("ada")
    copy = await shop.desk.library.save(BOB, take.ref)
    await shop.desk.sharing.share(BOB, str(copy.card.ref))
    third = await shop.desk.library.save(actor("carol"), copy.card.ref)
    again = await shop.desk.library.save(actor("carol"), take.ref)
    assert again.card == third.card
    own = await shop.desk.library.save(ADA, copy.card.ref)
    assert own.fresh
    assert own.card.audio is not None
    assert own.card.audio.path != take.path, "the take is not in her library yet, so this is a copy of a copy"
    assert not (await shop.desk.library.save(ADA, take.ref)).fresh


@pytest.mark.parametrize("who", ["ada", "bob"])
async def test_concurrent_saves_of_one_kick_make_one_preset(shop: Shop, who: str) -> None:
    take = await shop.kick("ada")
    saves = await asyncio.gather(*(shop.desk.library.save(actor(who), take.ref) for _ in range(12)))
    assert sum(saved.fresh for saved in saves) == 1
    assert len({saved.card for saved in saves}) == 1
    assert await shop.database.fetchval("SELECT count(*) FROM kickgen_generatedkick") == 1
    assert await shop.database.fetchval("SELECT count(*) FROM presets_preset") == 1
    await shop.pass_time(hours=2)
    await shop.sweeper.sweep()
    assert await shop.dangling() == set()


async def test_names_that_are_taken_are_numbered(shop: Shop) -> None:
    first, second = await shop.kick("ada", "hit house"), await shop.kick("carol", "hit house")
    named = "UPDATE kickbot.take SET name = $1 WHERE id = $2"
    await shop.database.execute(named, "AI: Anke", first.id)
    await shop.desk.library.save(BOB, first.ref)
    await shop.database.execute(named, "AI: ANKE", second.id)
    saved = await shop.desk.library.save(BOB, second.ref)
    preset = await shop.preset(saved.card.ref)
    assert preset.sample == "AI: ANKE 2"
    assert preset.name.lower() == "hit house anke 2"
    assert preset.kick is not None


async def test_a_take_whose_name_the_web_app_took_meanwhile_gets_a_number(shop: Shop) -> None:
    take = await shop.kick("ada")
    await shop.web_kick(take.account, take.name)
    saved = await shop.desk.library.save(ADA, take.ref)
    assert saved.card.kick == f"{take.name} 2"
    assert saved.card.audio is not None
    assert saved.card.audio.path == take.path


async def test_what_is_shown_nowhere_here_is_no_such_kick(shop: Shop) -> None:
    take, preset = await shop.kick("ada"), await shop.saved("ada")
    assert preset.kick is not None
    for ref in (preset.ref, preset.kick.ref, Ref("take", 999), Ref("kick", 999), Ref("preset", 999)):
        with pytest.raises(errors.NoSuchTake):
            await shop.desk.library.save(BOB, ref)
    for stranger in (
        elsewhere(BOB, channel="another"),
        elsewhere(BOB, application="another-bot"),
        elsewhere(BOB, id="another server", channel="another"),
    ):
        with pytest.raises(errors.NoSuchTake):
            await shop.desk.library.save(stranger, take.ref)
    assert (await shop.desk.library.save(elsewhere(BOB, thread="thread"), take.ref)).fresh


async def test_a_preset_that_is_shared_here_is_saved_from_any_channel_of_the_place(shop: Shop) -> None:
    preset = await shop.shared("ada")
    assert (await shop.desk.library.save(elsewhere(BOB, channel="another"), preset.ref)).fresh
    with pytest.raises(errors.NoSuchTake):
        await shop.desk.library.save(elsewhere(actor("carol"), id="elsewhere"), preset.ref)


async def test_a_take_that_has_expired_is_saved_no_more(shop: Shop) -> None:
    take = await shop.kick("ada")
    await shop.database.execute("UPDATE kickbot.take SET expires_at = now()")
    with pytest.raises(errors.NoSuchTake):
        await shop.desk.library.save(ADA, take.ref)


async def test_a_saved_take_outlives_its_expiry(shop: Shop) -> None:
    preset = await shop.saved("ada")
    await shop.pass_time(days=91)
    await shop.sweeper.sweep()
    assert await shop.database.fetchval("SELECT count(*) FROM kickbot.take") == 0
    assert await shop.dangling() == set()
    assert (await shop.preset(preset.ref)).kick is not None


async def test_a_full_library_refuses_and_names_what_could_go(shop: Shop) -> None:
    shop.limit, shop.desk = 2, replace(shop.desk, library=replace(shop.desk.library, limit=2))
    account = await shop.account("ada")
    await shop.web_kick(account, "AI: Idle")
    played = await shop.saved("ada")
    own, others = await shop.kick("ada"), await shop.kick("bob")
    before = dict(shop.files.objects)
    for ref in (own.ref, others.ref):
        with pytest.raises(errors.LibraryFull) as refusal:
            await shop.desk.library.save(ADA, ref)
        assert str(refusal.value).startswith("Your library holds 2 kicks, and 2 is the most, so nothing was saved.")
        assert "What could go: AI: Idle (which no preset plays), " + played.sample in str(refusal.value)
    assert shop.files.objects == before, "nothing was copied in vain"
    await shop.desk.library.delete(ADA, "Idle")
    assert (await shop.desk.library.save(ADA, others.ref)).fresh


async def test_many_saves_at_once_never_pass_the_limit_together(shop: Shop) -> None:
    shop.desk = replace(shop.desk, library=replace(shop.desk.library, limit=3))
    takes = [await shop.kick("ada") for _ in range(6)]
    ends = await asyncio.gather(*(shop.desk.library.save(BOB, take.ref) for take in takes), return_exceptions=True)
    assert sum(isinstance(end, errors.LibraryFull) for end in ends) == 3
    assert (await shop.desk.library.kicks(BOB)).kept == 3


async def test_a_kick_whose_preset_is_gone_gets_a_new_one(shop: Shop) -> None:
    for who in (ADA, BOB):
        take = await shop.kick("ada")
        first = await shop.desk.library.save(who, take.ref)
        await shop.desk.presets.delete(who, str(first.card.ref))
        second = await shop.desk.library.save(who, take.ref)
        assert second.fresh
        assert second.card.ref != first.card.ref
        assert second.card.audio == first.card.audio, "the kick was there still"


async def test_saving_by_name_and_the_last_one_shown(shop: Shop) -> None:
    preset = await shop.shared("ada")
    take = await shop.kick("ada")
    by_name = await shop.desk.library.save_named(ADA, take.name.removeprefix("AI: ").upper())
    assert by_name.card.kick == take.name
    shown = await shop.desk.library.save_named(BOB, "")
    assert shown.card.kick == take.name
    shared = await shop.desk.library.save_named(BOB, preset.name)
    assert shared.card.name == preset.name
    assert not (await shop.desk.library.save_named(BOB, str(preset.ref))).fresh
    for nothing in ("no such name", "take:999"):
        with pytest.raises((errors.NoSuchPreset, errors.NoSuchTake)):
            await shop.desk.library.save_named(BOB, nothing)
    with pytest.raises(errors.NoSuchTake):
        await shop.desk.library.save_named(elsewhere(BOB, channel="where nothing was shown"), "")


async def test_one_name_shared_by_two_asks_which(shop: Shop) -> None:
    for name in ("ada", "bob"):
        preset = await shop.shared(name)
        await shop.desk.presets.rename(actor(name), str(preset.ref), "the one")
    with pytest.raises(errors.SeveralPresets, match=r"preset:\d+ by ada, preset:\d+ by bob"):
        await shop.desk.library.save_named(actor("carol"), "The One")
    assert not (await shop.desk.library.save_named(BOB, "the one")).fresh, "one's own goes before others'"


async def test_the_words_of_what_is_seen_make_another(shop: Shop) -> None:
    take = await shop.kick("ada", "deep 808")
    assert await shop.desk.library.prompt(BOB, take.ref) == "deep 808"
    for who, ref in ((elsewhere(BOB, channel="another"), take.ref), (BOB, Ref("take", 999))):
        with pytest.raises(errors.NoSuchTake):
            await shop.desk.library.prompt(who, ref)


async def test_where_storage_fails_nothing_is_saved_and_it_can_be_tried_again(shop: Shop) -> None:
    take = await shop.kick("ada")
    shop.files.broken = True
    with pytest.raises(errors.StorageFailed):
        await shop.desk.library.save(BOB, take.ref)
    shop.files.broken = False
    assert (await shop.desk.library.kicks(BOB)).kept == 0
    assert (await shop.desk.library.save(BOB, take.ref)).fresh


async def test_a_new_place_starts_with_what_is_shown_there(shop: Shop) -> None:
    take = await shop.kick("ada")
    server = replace(SERVER, channel="other")
    await shop.messages.record(take.account, server, "m", take.ref)
    assert (await shop.desk.library.save(replace(BOB, place=server), take.ref)).fresh


async def test_where_nothing_was_shown_there_is_nothing_to_save(shop: Shop) -> None:
    with pytest.raises(errors.NothingShown, match="save NAME"):
        await shop.say("ada", "save")
