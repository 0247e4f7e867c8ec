"""▶️ plays wherever it is pressed, and no link leads to where nobody can follow it."""

import pytest

from tests.bots.slack import office as offices
from tests.bots.slack.office import BOT, Office, PublicFiles
from tests.bots.slack.test_presets import say
from tests.core.library.shop import Shop
from tests.fakes.slack.world import Message

DM = "D-UADA"


async def saved(office: Office) -> str:
    """A preset of ada's; its name."""
    card = await office.kick()
    await office.ada.press(card, "💾 Save")
    await office.settle()
    return office.world.private("UADA")[-1].text.split('"')[1]


def sounds(office: Office, channel: str) -> list[Message]:
    """The messages there that are a sound."""
    found = office.world.channels.get(channel)
    return [message for message in found.messages.values() if message.file] if found else []


@pytest.mark.parametrize("how", ["command", "button"])
async def test_a_preset_plays_in_the_conversation_with_the_bot(either: Office, how: str) -> None:
    name = await saved(either)
    direct = either.world.channel("-UADA", "im", "UADA", BOT)
    if how == "command":
        await either.ada.command(f"show {name}", direct.id)
    else:
        await either.ada.command("mine", direct.id)
        await either.settle()
        await either.ada.press(either.world.private("UADA")[-1], "▶️ Play here")
    await either.settle()
    [sound] = sounds(either, DM)
    assert sound.thread_ts is not None
    assert "💾 Save" in direct.messages[sound.thread_ts].buttons
    await either.ada.react("floppy_disk", sound)
    await either.settle()
    assert "That is your preset" in list(direct.messages.values())[-1].text


async def test_a_preset_plays_from_the_app_home(either: Office) -> None:
    await saved(either)
    await either.ada.open_home()
    await either.settle()
    await either.ada.press_at_home("▶️ Play here")
    await either.settle()
    assert len(sounds(either, DM)) == 1


async def test_a_preset_is_shown_to_all_where_the_bot_is_not_and_heard_by_whoever_asks(office: Office) -> None:
    name = await saved(office)
    secret = office.world.channel("secret", "private", "UADA", "UBOB")
    await office.ada.command(f"show {name}", secret.id)
    await office.settle()
    [shown] = secret.messages.values()
    assert "💾 Save" in shown.buttons
    assert len(sounds(office, DM)) == 1
    await office.bob.press(shown, "💾 Save")
    await office.settle()
    assert office.world.private("UBOB")[-1].text.startswith("Saved")


async def test_two_people_who_speak_without_the_bot_both_see_what_is_shown(office: Office) -> None:
    name = await saved(office)
    two = office.world.channel("two", "im", "UADA", "UBOB")
    await office.ada.command(f"show {name}", two.id)
    await office.settle()
    assert ["💾 Save" in shown.buttons for shown in two.messages.values()] == [True]
    assert len(sounds(office, DM)) == 1


@pytest.fixture
def unreachable(shop: Shop) -> Shop:
    """A shop whose files nobody else reaches."""
    shop.files = PublicFiles(host="localhost:8000")
    shop.studio = shop.another()
    shop.open()
    return shop


async def test_where_no_link_leads_anywhere_there_is_none_and_kicks_are_played(unreachable: Shop) -> None:
    async with offices.office(unreachable) as office:
        card = await office.kick()
        kicks = await say(office, "kicks")
        assert kicks is not None
        for message in (card, kicks):
            assert "WAV" not in message.buttons
            assert "localhost" not in message.everything
        await office.ada.press(kicks, "▶️ Play here")
        await office.settle()
        assert len(sounds(office, DM)) == 1
        assert "plays in our direct messages, for you alone." in office.world.private("UADA")[-1].text
        await office.ada.open_home()
        await office.settle()
        await office.ada.press_at_home("▶️ Play here")
        await office.settle()
        assert len(sounds(office, DM)) == 2


async def test_a_kick_that_is_told_of_has_no_link_that_leads_nowhere(unreachable: Shop) -> None:
    async with offices.office(unreachable) as office:
        office.world.fail("chat.update", "message_not_found", times=5)
        await office.ada.command("hit", office.general.id)
        await office.settle()
        told = office.world.private("UADA")[-1].text
        assert told.endswith("is kept: you find it with `/kickdrum kicks`.")


async def test_what_is_deleted_leaves_no_sound_with_whoever_asked(office: Office) -> None:
    secret = office.world.channel("secret", "private", "UADA")
    await office.ada.command("hit house", secret.id)
    await office.settle()
    [card] = office.cards(secret)
    direct = office.world.channels[DM]
    assert len(direct.messages) == 2
    await office.ada.press(card, "🗑️ Delete")
    await office.settle()
    assert not direct.messages
    assert not secret.messages
