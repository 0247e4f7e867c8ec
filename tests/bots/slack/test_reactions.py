"""💾 saves, taken away it undoes that, ❌ deletes."""

import asyncio

from tests.bots.slack.office import Office
from tests.fakes.slack.world import Message


async def saved(office: Office) -> int:
    found: int = await office.shop.database.fetchval("SELECT count(*) FROM kickbot.saved")
    return found


def sound_of(office: Office) -> Message:
    """The message in which the only kick is heard."""
    [file] = office.world.files.values()
    assert file.message is not None
    return file.message


async def test_a_reaction_saves_once_and_says_so_to_whoever_reacted(either: Office) -> None:
    card = await either.kick()
    bob = either.bob
    bob.times = 3
    await bob.react("floppy_disk", card)
    await either.settle()
    assert await saved(either) == 1
    assert [message.text.startswith("Saved") for message in either.world.private("UBOB")] == [True]
    await bob.react("floppy_disk", card, take_back=True)
    await either.settle()
    assert await saved(either) == 0


async def test_a_reaction_on_the_sound_counts_too_and_skin_does_not_matter(office: Office) -> None:
    await office.kick()
    await office.bob.react("floppy_disk::skin-tone-3", sound_of(office))
    await office.settle()
    assert await saved(office) == 1


async def test_other_reactions_and_other_messages_mean_nothing(office: Office) -> None:
    card = await office.kick()
    statements = len(office.world.calls)
    await office.bob.react("tada", card)
    stranger = Message(office.world.ts(), office.general.id, "UBOB", "hello", [])
    office.general.messages[stranger.ts] = stranger
    await office.bob.react("floppy_disk", stranger)
    await office.bob.react("x", stranger)
    await office.settle()
    assert await saved(office) == 0
    assert len(office.world.calls) == statements


async def test_the_bots_own_reaction_saves_nothing(office: Office) -> None:
    card = await office.kick()
    await office.somebody("UBOT", "kickbot").react("floppy_disk", card)
    await office.settle()
    assert await saved(office) == 0


async def test_another_app_saves_nothing_and_has_no_account(office: Office) -> None:
    office.world.person("UAPP", "another app", bot=True)
    card = await office.kick()
    await office.somebody("UAPP", "another app").react("floppy_disk", card)
    await office.settle()
    async with office.process():
        await office.settle()
    assert await saved(office) == 0
    assert await office.shop.database.fetchval("SELECT count(*) FROM kickbot.identity WHERE external_id = 'UAPP'") == 0


async def test_x_takes_ones_own_kick_down_with_its_sound(office: Office) -> None:
    card = await office.kick()
    await office.ada.react("x", card)
    await office.settle()
    assert not office.general.messages
    assert await office.shop.database.fetchval("SELECT count(*) FROM kickbot.take") == 0
    assert not office.shop.files.objects


async def test_x_of_somebody_else_does_nothing_and_of_who_manages_takes_the_card_down_only(office: Office) -> None:
    office.world.person("UEVE", "eve")
    office.general.members.add("UEVE")
    card = await office.kick()
    await office.somebody("UEVE", "eve").react("x", card)
    await office.settle()
    assert card.ts in office.general.messages
    assert not office.world.private("UEVE")
    await office.bob.react("x", card)
    await office.settle()
    assert card.ts not in office.general.messages
    assert await office.shop.database.fetchval("SELECT count(*) FROM kickbot.take") == 1


async def test_x_asks_first_where_a_preset_would_go_too(office: Office) -> None:
    card = await office.kick()
    await office.ada.react("floppy_disk", card)
    await office.settle()
    await office.ada.react("x", card)
    await office.settle()
    question = office.world.private("UADA")[-1]
    assert "Delete both" in question.buttons
    assert card.ts in office.general.messages
    await office.ada.press(question, "Delete both")
    await office.settle()
    assert "is deleted" in question.text
    assert not question.buttons
    assert card.ts not in office.general.messages
    assert await saved(office) == 0


async def test_on_and_off_at_once_saves_nothing(either: Office) -> None:
    card = await either.kick()
    await either.kick(either.bob)  # Who he is, is known by now.
    here = either.surface
    told = asyncio.Event()
    here.profiles.known.clear()
    either.world.fail("users.info", until=told)
    await either.bob.react("floppy_disk", card)
    await either.until(lambda: len(either.world.called("users.info")) > 2)
    await either.bob.react("floppy_disk", card, take_back=True)
    await either.until(lambda: len(either.world.called("reactions.get")) > 0)
    told.set()
    await either.settle()
    assert await saved(either) == 0


async def test_off_and_on_at_once_saves(office: Office) -> None:
    card = await office.kick()
    await office.bob.react("floppy_disk", card)
    await office.settle()
    card.reactions["floppy_disk"].append("UBOB")  # It is back by the time that its end is heard of.
    await office.bob.react("floppy_disk", card, take_back=True)
    await office.settle()
    assert await saved(office) == 1


async def test_an_admin_of_another_workspace_takes_no_card_down(office: Office) -> None:
    office.world.person("USTRANGER", "eve", admin=True, team="T2")
    card = await office.kick()
    await office.somebody("USTRANGER", "eve").react("x", card)
    await office.settle()
    assert card.ts in office.general.messages


async def test_an_end_does_not_wait_for_reactions_that_are_being_read(office: Office) -> None:
    await office.kick()
    office.world.fail("reactions.get", hangs=True)
    async with asyncio.timeout(15), office.process():
        await office.until(lambda: office.world.called("reactions.get"))
