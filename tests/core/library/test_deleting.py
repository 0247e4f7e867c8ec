"""Deleting kicks: file, rows and what was shown, asked first where presets would go along."""

import asyncio
from dataclasses import replace

import pytest

from core import errors, files
from core.answers import replies
from core.chat.removals import Removal
from core.messages import Posted
from tests.core.library.shop import Shop
from tests.core.people import actor
from tests.fakes.channels import Channels

ADA, BOB = actor("ada"), actor("bob")


async def test_a_take_goes_at_once_with_its_file_and_tells_where_it_was_shown(shop: Shop) -> None:
    take = await shop.kick("ada")
    message = await shop.database.fetchval("SELECT message FROM kickbot.message")
    deleted = await shop.desk.library.delete(ADA, take.name)
    assert isinstance(deleted, replies.Deleted)
    assert deleted.posted == (Posted("test-bot", "general", message),)
    assert deleted.text == f"{take.name} is deleted: its file and all that was kept of it."
    assert shop.files.objects == {}
    assert await shop.database.fetchval("SELECT count(*) FROM kickbot.message") == 0
    assert await shop.database.fetchval("SELECT count(*) FROM kickbot.take") == 0


@pytest.mark.parametrize("by", ["take", "kick"])
async def test_what_presets_play_is_asked_about_first(shop: Shop, by: str) -> None:
    preset = await shop.saved("ada")
    assert preset.kick is not None
    named = str(preset.kick.sound.origin if by == "take" else preset.kick.ref)
    question = await shop.desk.library.delete(ADA, named)
    assert isinstance(question, replies.Question)
    assert question.text == f'Your preset "{preset.name}" would go too: it plays {preset.sample}.'
    assert question.label == "Delete both"
    assert len(shop.files.objects) == 2, "nothing has happened yet"

    deleted = await shop.desk.answer(ADA, question.confirm)
    assert isinstance(deleted, replies.Deleted)
    assert deleted.text.endswith(f'Your preset "{preset.name}" went too.')
    assert shop.files.objects == {}
    for table in ("kickbot.take", "presets_preset", "kickgen_generatedkick", "kickbot.saved", "kickbot.kick_detail"):
        assert await shop.database.fetchval(f"SELECT count(*) FROM {table}") == 0


async def test_what_was_agreed_to_is_just_what_was_asked(shop: Shop) -> None:
    preset = await shop.saved("ada")
    question = await shop.desk.library.delete(ADA, preset.sample)
    assert isinstance(question, replies.Question)
    await shop.filling.preset(preset.account, "one more", preset.sample)
    again = await shop.desk.answer(ADA, question.confirm)
    assert isinstance(again, replies.Question)
    assert again.text == (f'Your presets "{preset.name}" and "one more" would go too: they play {preset.sample}.')
    assert again.label == "Delete all"
    assert isinstance(await shop.desk.answer(ADA, again.confirm), replies.Deleted)


async def test_the_messages_of_all_that_goes_are_told(shop: Shop) -> None:
    preset = await shop.saved("ada")
    assert preset.kick is not None
    await shop.messages.record(preset.account, ADA.place, "of the kick", preset.kick.ref)
    await shop.messages.record(preset.account, ADA.place, "of the preset", preset.ref)
    question = await shop.desk.library.delete(ADA, preset.sample)
    assert isinstance(question, replies.Question)
    deleted = await shop.desk.answer(ADA, question.confirm)
    assert isinstance(deleted, replies.Deleted)
    assert {"of the kick", "of the preset"} < {posted.message for posted in deleted.posted}
    assert len(deleted.posted) == 3


async def test_nobody_deletes_anything_of_anothers(shop: Shop) -> None:
    preset = await shop.shared("ada")
    assert preset.kick is not None
    await shop.kick("bob")
    for which in (preset.kick.ref, preset.kick.sound.origin, preset.sample, preset.ref):
        for who in (BOB, actor("nobody")):
            with pytest.raises(errors.NoSuchTake):
                await shop.desk.library.delete(who, str(which))
    with pytest.raises(errors.NothingNamed):
        await shop.desk.library.delete(ADA, "")
    assert preset.kick.sound.path in shop.files.objects


async def test_what_the_operator_shows_everybody_stays(shop: Shop) -> None:
    preset = await shop.saved("ada")
    await shop.database.execute("UPDATE presets_preset SET is_shared = true")
    with pytest.raises(errors.OperatorsPreset):
        await shop.desk.library.delete(ADA, preset.sample)


async def test_of_two_kicks_with_one_name_the_presets_play_the_older_one(shop: Shop) -> None:
    preset = await shop.saved("ada")
    newer = await shop.web_kick(preset.account, preset.sample)
    deleted = await shop.desk.library.delete(ADA, str(newer))
    assert isinstance(deleted, replies.Deleted)
    assert (await shop.preset(preset.ref)).kick == preset.kick


async def test_a_file_that_cannot_be_removed_now_is_swept_later(shop: Shop) -> None:
    take = await shop.kick("ada")
    shop.files.broken = True
    assert isinstance(await shop.desk.library.delete(ADA, take.name), replies.Deleted)
    shop.files.broken = False
    await shop.sweeper.sweep()
    assert shop.files.objects == {}
    assert await shop.database.fetchval("SELECT count(*) FROM kickbot.trash") == 0


async def test_nobody_waits_for_storage_that_does_not_answer(shop: Shop) -> None:
    take = await shop.kick("ada")
    shop.patience, shop.files.hangs = 0.2, True
    async with asyncio.timeout(30):
        deleted = await shop.services().library.delete(ADA, take.name)
    assert isinstance(deleted, replies.Deleted)
    assert deleted.text == (
        f"{take.name} is deleted: all that was kept of it. The files of 1 kick could not be removed yet: that follows "
        "as soon as the place where sounds are kept can be reached."
    )
    assert shop.files.removals == 1
    assert await shop.database.fetchval("SELECT count(*) FROM kickbot.take") == 0


LATER = "1 message showing what is deleted could not be removed yet; that is tried again for a week."


@pytest.mark.parametrize("how", ["away", "hanging", "elsewhere"])
async def test_a_message_that_cannot_be_removed_now_is_removed_later_by_whoever_can(shop: Shop, how: str) -> None:
    take = await shop.kick("ada")
    shop.patience, here = 0.3, shop.services()
    shop.channels.came, shop.channels.hangs = Removal.LATER if how == "away" else Removal.DONE, how == "hanging"
    if how == "elsewhere":
        here.removals.removers.clear()
    async with asyncio.timeout(30):
        deleted = await here.library.delete(ADA, take.name)
    assert isinstance(deleted, replies.Deleted)
    assert deleted.text == f"{take.name} is deleted: its file and all that was kept of it. {LATER}"
    assert shop.files.objects == {}, "messages keep no file waiting for ever"

    shop.channels = Channels()
    for application in ("test-bot", "another-bot"):
        await shop.services().removals.drain([application])
    assert shop.channels.asked == list(deleted.posted)
    assert await shop.database.fetchval("SELECT count(*) FROM kickbot.removal") == 0


async def test_a_message_that_may_not_be_removed_stays_and_that_is_said(shop: Shop) -> None:
    preset = await shop.saved("ada")
    await shop.messages.record(preset.account, ADA.place, "of the preset", preset.ref)
    shop.channels.came = Removal.REFUSED
    deleted = await shop.say("ada", f"presets delete {preset.name}")
    assert isinstance(deleted, replies.Deleted)
    assert deleted.text.endswith(
        f"Its kick {preset.sample} is still in your library. Kickbot is not allowed to remove 1 message showing what "
        "is deleted; moderators there are."
    )
    assert await shop.database.fetchval("SELECT count(*) FROM kickbot.removal") == 0


async def test_messages_go_before_files(shop: Shop) -> None:
    take = await shop.kick("ada")
    seen: list[set[str]] = []

    async def remove(posted: Posted) -> Removal:
        seen.append(set(shop.files.objects))
        return Removal.DONE

    services = shop.services()
    services.removals.removers["test-bot"] = remove
    await services.library.delete(ADA, take.name)
    assert seen == [{take.path, files.picture_path(take.path)}]


@pytest.mark.parametrize(
    ("came", "said"),
    [
        (Removal.DONE, "The card is taken down."),
        (Removal.LATER, "The card could not be taken down yet; that is tried again for a week."),
        (Removal.REFUSED, "Kickbot is not allowed to take the card down; moderators here are."),
    ],
)
async def test_a_moderator_takes_down_the_message_alone(shop: Shop, came: Removal, said: str) -> None:
    take = await shop.kick("ada")
    message = await shop.database.fetchval("SELECT message FROM kickbot.message")
    moderator = replace(BOB, moderator=True)
    shop.channels.came = came
    with pytest.raises(errors.NotYours):
        await shop.desk.library.take_down(BOB, message)
    with pytest.raises(errors.NoSuchTake):
        await shop.desk.library.take_down(moderator, "another")
    assert shop.channels.asked == []
    taken = await shop.desk.library.take_down(moderator, message)
    assert taken.text == f"{said} The kick is still its maker's."
    assert taken.posted == tuple(shop.channels.asked)
    waiting = await shop.database.fetchval("SELECT count(*) FROM kickbot.removal")
    assert waiting == (1 if came is Removal.LATER else 0)
    assert (await shop.takes.recent(take.account, 1))[0].id == take.id


async def test_something_that_changed_in_between_is_not_deleted(shop: Shop) -> None:
    take = await shop.kick("ada")
    doomed = await shop.kicks.doomed(take.account, take.ref)
    assert doomed is not None
    assert await shop.kicks.delete(take.account, replace(doomed, path="1/other.wav")) is None
    await shop.desk.library.save(ADA, take.ref)
    assert await shop.kicks.delete(take.account, doomed) is None
