"""Kicks that the web app made: measured and drawn when somebody first cares."""

import asyncio
from datetime import date

import pytest

from core import errors, files
from core.people import Actor
from core.refs import Ref
from tests.core.library.shop import Shop
from tests.core.people import actor

ADA, BOB = actor("ada"), actor("bob")


async def shown(shop: Shop, ref: Ref, who: Actor = ADA) -> None:
    assert await shop.messages.record(await shop.account(who.person.name), who.place, f"of {ref}", ref)


async def test_ones_own_is_measured_drawn_and_gets_a_preset(shop: Shop) -> None:
    kick = await shop.web_kick(await shop.account("ada"))
    saved = await shop.desk.library.save(ADA, kick)
    assert saved.fresh
    assert saved.card.name == "Web"
    assert saved.card.facts is not None
    assert saved.card.facts.note == "A1"
    assert saved.card.audio is not None
    assert saved.card.audio.picture_url == shop.files.url(files.picture_path(saved.card.audio.path))
    assert shop.files.objects[files.picture_path(saved.card.audio.path)].startswith(b"\x89PNG")
    assert (saved.card.recipe, saved.card.made, saved.card.prompt) == (None, "made in the web app", "")
    [row] = await shop.database.fetch("SELECT * FROM kickbot.kick_detail")
    assert (row["kick_id"], row["web_made"], row["origin"]) == (kick.id, True, str(kick))
    assert await shop.dangling() == set()


async def test_anothers_is_measured_and_copied_and_keeps_its_date(shop: Shop) -> None:
    kick = await shop.web_kick(await shop.account("ada"), day=date(2025, 12, 24))
    await shown(shop, kick)
    saved = await shop.desk.library.save(BOB, kick)
    copy = await shop.preset(saved.card.ref)
    assert copy.kick is not None
    assert copy.kick.sound.created == date(2025, 12, 24)
    assert copy.kick.sound.origin == kick
    assert copy.kick.sound.facts is not None
    details = await shop.database.fetch("SELECT web_made FROM kickbot.kick_detail ORDER BY kick_id")
    assert [row["web_made"] for row in details] == [True, False], "the copy is no generation of the day"
    assert await shop.dangling() == set()


async def test_sharing_and_showing_measure_too(shop: Shop) -> None:
    account = await shop.account("ada")
    for name, command in (("AI: One", "share"), ("AI: Two", "show")):
        await shop.web_kick(account, name)
        await shop.filling.preset(account, name.removeprefix("AI: "), name)
        await shop.say("ada", f"{command} {name.removeprefix('AI: ')}")
    assert len((await shop.desk.sharing.browse(BOB, "note:a1 max:1")).entries) == 1
    facts = await shop.database.fetch("SELECT hz FROM kickbot.kick_detail")
    assert [round(row["hz"]) for row in facts] == [55, 55]


async def test_a_web_made_kick_that_a_preset_plays_already_needs_no_other(shop: Shop) -> None:
    account = await shop.account("ada")
    kick = await shop.web_kick(account, "AI: One")
    preset = await shop.filling.preset(account, "by hand", "AI: One")
    saved = await shop.desk.library.save(ADA, kick)
    assert (saved.fresh, saved.card.ref) == (False, Ref("preset", preset))


async def test_what_is_no_sound_is_saved_as_it_is(shop: Shop) -> None:
    kick = await shop.web_kick(await shop.account("ada"), sound=b"RIFF and nothing behind it")
    await shown(shop, kick)
    for who in (ADA, BOB):
        saved = await shop.desk.library.save(who, kick)
        assert saved.card.facts is None
        assert saved.card.audio is not None
        assert saved.card.audio.picture_url is None
        assert saved.card.tone == ""
    assert await shop.dangling() == set()
    fetched = len(shop.files.objects)
    await shop.desk.presets.show(ADA, "Web")
    assert len(shop.files.objects) == fetched


async def test_one_whose_file_is_gone_is_not_saved(shop: Shop) -> None:
    kick = await shop.web_kick(await shop.account("ada"))
    shop.files.objects.clear()
    await shown(shop, kick)
    for who in (ADA, BOB):
        with pytest.raises(errors.NoSuchTake):
            await shop.desk.library.save(who, kick)


async def test_two_who_measure_at_once_agree(shop: Shop) -> None:
    kick = await shop.web_kick(await shop.account("ada"))
    await shown(shop, kick)
    await asyncio.gather(*(shop.desk.library.save(who, kick) for who in (ADA, BOB, actor("carol"), ADA)))
    assert await shop.dangling() == set()


async def test_only_what_is_seen_is_measured(shop: Shop) -> None:
    kick = await shop.web_kick(await shop.account("ada"))
    bob = await shop.account("bob")
    assert not await shop.kicks.measured(bob, BOB.place, kick, None)
    assert not await shop.kicks.measured(bob, BOB.place, Ref("take", 1), None)
    assert await shop.database.fetchval("SELECT count(*) FROM kickbot.kick_detail") == 0


async def test_a_kick_that_is_deleted_while_it_is_measured_leaves_no_picture(shop: Shop) -> None:
    kick = await shop.web_kick(await shop.account("ada"))
    source = await shop.kicks.source(await shop.account("ada"), ADA.place, kick)
    assert source is not None
    await shop.desk.library.delete(ADA, str(kick))
    shop.files.objects[source.sound.path if source.sound else ""] = b"still served from a cache"
    with pytest.raises(errors.NoSuchTake):
        await shop.desk.presets.appraiser.appraised(1, ADA.place, kick, source.what)  # type: ignore[arg-type]
    assert not [path for path in shop.files.objects if path.endswith(".png")]


async def test_a_path_that_is_none_of_ours_is_shown_without_a_sound_and_can_be_deleted(shop: Shop) -> None:
    account = await shop.account("ada")
    await shop.filling.kick(account, "AI: Odd", "../../etc/passwd")
    await shop.filling.preset(account, "odd", "AI: Odd")
    [kick] = (await shop.desk.library.kicks(ADA)).library
    assert kick.audio is None
    assert kick.remarks == ("the file of AI: Odd is not here",)
    assert (await shop.desk.presets.show(ADA, "odd")).entry.card.audio is None
    assert (await shop.desk.sharing.share(ADA, "odd")).kind == "shared"
    for ref in (kick.ref, Ref("preset", 1)):
        with pytest.raises(errors.NoSoundHere):
            await shop.desk.library.save(BOB if ref.kind == "preset" else ADA, ref)
    await shop.database.execute("DELETE FROM presets_preset")
    await shop.desk.library.delete(ADA, "Odd")
    await shop.sweeper.sweep()
    assert (await shop.desk.library.kicks(ADA)).kept == 0


async def test_nobody_knows_the_words_that_made_it(shop: Shop) -> None:
    kick = await shop.web_kick(await shop.account("ada"))
    with pytest.raises(errors.NoWords):
        await shop.desk.library.prompt(ADA, kick)
    with pytest.raises(errors.NoSuchTake):
        await shop.desk.library.prompt(BOB, kick)
