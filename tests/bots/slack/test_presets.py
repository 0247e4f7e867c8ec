"""Buttons and commands: saving, listing, sharing, browsing, deleting, settings of the workspace."""

import pytest

from tests.bots.slack.office import BOT, Office
from tests.fakes.slack.world import Message


async def say(office: Office, text: str, user: str = "UADA") -> Message | None:
    """What whoever says that is told alone."""
    before = len(office.world.private(user))
    await office.somebody(user, user).command(text, office.general.id)
    await office.settle()
    told = office.world.private(user)[before:]
    return told[-1] if told else None


async def shared(office: Office, *texts: str) -> None:
    """Presets of ada's that are shared with the workspace."""
    for text in texts:
        card = await office.kick(text=text)
        await office.ada.press(card, "💾 Save")
        await office.settle()
        name = office.world.private("UADA")[-1].text.split('"')[1]
        assert "is shared here now" in str(await say(office, f"share {name}"))


async def test_the_save_button_saves_once(either: Office) -> None:
    card = await either.kick()
    bob = either.bob
    bob.times = 2
    await bob.press(card, "💾 Save")
    await either.settle()
    [told] = either.world.private("UBOB")
    assert told.text.startswith("Saved as your preset")
    assert await either.shop.database.fetchval("SELECT count(*) FROM kickbot.saved") == 1


async def test_the_delete_button_is_for_whoever_made_it(office: Office) -> None:
    office.world.person("UEVE", "eve")
    card = await office.kick()
    await office.somebody("UEVE", "eve").press(card, "🗑️ Delete")
    await office.settle()
    assert "Only the one who made this kick" in office.world.private("UEVE")[-1].text
    await office.ada.press(card, "🗑️ Delete")
    await office.settle()
    assert not office.general.messages


async def test_a_kick_whose_sound_cannot_be_looked_up_says_so(office: Office) -> None:
    await office.kick()
    await office.shop.database.execute("UPDATE kickbot.take SET doubted_at = now()")
    office.shop.files.broken = True
    kicks = await say(office, "kicks")
    assert kicks is not None
    assert "whether its file went too cannot be looked up at the moment" in kicks.everything
    assert "WAV" not in kicks.buttons


async def test_kicks_and_mine_are_private(office: Office) -> None:
    await office.kick(text="deep 808")
    kicks = await say(office, "kicks")
    assert kicks is not None
    assert "0 of 30 in your library, 1 not saved" in kicks.text
    assert {"💾 Save", "🗑️ Delete", "WAV"} <= kicks.buttons.keys()
    mine = await say(office, "mine")
    assert mine is not None
    assert "You have no presets yet" in mine.everything
    assert len(office.general.messages) == 2, "the card and its sound"


async def test_kicks_are_turned_and_heard_by_whoever_asks(either: Office) -> None:
    for seed in range(3):
        await either.kick(text=f"hit seed:{seed}")
    told = await say(either, "kicks take:2")
    assert told is not None
    assert "seed 1" in told.everything
    assert {"💾 Save", "🔁 Again", "🗑️ Delete", "WAV"} == told.buttons.keys()
    assert "no such kick" in (await say(either, "kicks take:2", "UBOB") or told).text
    account = await either.shop.database.fetchval("SELECT account_id FROM kickbot.identity WHERE external_id = 'UADA'")
    for number in range(20):
        await either.shop.filling.kick(account, f"AI: {number}", f"{account}/{number}.wav")
    page = await say(either, "kicks")
    assert page is not None
    first = page.everything
    await either.ada.press(page, "⏭️ Next")
    await either.settle()
    assert (first.count("🗑️ Delete"), page.everything.count("🗑️ Delete")) == (20, 3)
    await either.ada.press(page, "◀️ Back")
    await either.settle()
    assert page.everything == first


async def test_browsing_posts_in_the_channel_and_turns_in_place(either: Office) -> None:
    await shared(either, *(f"hit house seed:{seed}" for seed in range(6)))
    await either.bob.command("browse", either.general.id)
    await either.settle()
    [page] = [message for message in either.general.messages.values() if "Presets shared here" in message.everything]
    assert page.everything.count("▶️ Play here") == 5
    first = page.everything
    await either.bob.press(page, "⏭️ Next")
    await either.settle()
    assert page.everything.count("▶️ Play here") == 1
    await either.bob.press(page, "◀️ Back")
    await either.settle()
    assert page.everything == first
    await either.bob.press(page, "💾 Save")
    await either.settle()
    assert either.world.private("UBOB")[-1].text.startswith("Saved")


async def test_a_preset_is_posted_with_its_sound_for_others_to_save(office: Office) -> None:
    await shared(office, "deep 808")
    await office.bob.command("browse note:F1 note:A1", office.general.id)
    await office.bob.command("browse deep", office.general.id)
    await office.settle()
    [page] = [message for message in office.general.messages.values() if "Presets shared here" in message.everything
              and "▶️ Play here" in message.buttons]  # fmt: skip
    await office.bob.press(page, "▶️ Play here")
    await office.settle()
    shown = [message for message in office.general.messages.values() if "💾 Save" in message.buttons][-1]
    assert "🔁 Again" not in shown.buttons
    sound = list(office.world.files.values())[-1].message
    assert sound is not None
    assert sound.thread_ts == shown.ts
    await office.bob.react("floppy_disk", sound)
    await office.settle()
    assert office.world.private("UBOB")[-1].text.startswith("Saved")


async def test_renaming_unsharing_and_deleting(office: Office) -> None:
    await shared(office, "deep 808")
    mine = await say(office, "mine")
    assert mine is not None
    assert "shared here" in mine.everything
    name = mine.everything.split("*")[3]
    assert 'is called "Boom" now' in str(await say(office, f"rename {name}, Boom"))
    assert "no longer shared" in str(await say(office, "unshare Boom"))
    deleted = await say(office, "presets delete Boom")
    assert deleted is not None
    assert "is deleted" in deleted.text


async def test_a_manager_may_unshare_what_others_share(office: Office) -> None:
    await shared(office, "deep 808")
    mine = await say(office, "mine")
    assert mine is not None
    name = mine.everything.split("*")[3]
    office.world.person("UEVE", "eve")
    assert "Only the owner" in str(await say(office, f"unshare {name}", "UEVE"))
    assert "no longer shared" in str(await say(office, f"unshare {name}", "UBOB"))


async def test_help_and_words(office: Office) -> None:
    told = await say(office, "help")
    assert told is not None
    assert "presets shared here" in told.text
    words = await say(office, "words")
    assert words is not None
    assert "808" in words.text


async def test_a_shortcut_saves_what_a_message_shows(office: Office) -> None:
    card = await office.kick()
    await office.bob.shortcut(card, "save_kick")
    await office.settle()
    assert office.world.private("UBOB")[-1].text.startswith("Saved")
    other = Message(office.world.ts(), office.general.id, "UBOB", "hello", [])
    await office.bob.shortcut(other, "save_kick")
    await office.settle()
    assert "no such kick here" in office.world.private("UBOB")[-1].text


async def test_those_who_manage_say_where_and_how_much(office: Office) -> None:
    assert "Only an admin" in str(await say(office, "admin here on"))
    assert "every channel" in str(await say(office, "admin", "UBOB"))
    assert "<#Cgeneral>" in str(await say(office, "admin here on", "UBOB"))
    other = office.world.channel("other", "public", "UADA", BOT)
    for text in ("hit house", "browse"):
        await office.ada.command(text, other.id)
    await office.settle()
    assert not other.messages
    assert "does not answer in this channel" in office.world.private("UADA")[-1].text
    assert "every channel" in str(await say(office, "admin everywhere", "UBOB"))
    assert "50 a day" in str(await say(office, "admin limit 50", "UBOB"))
    assert "no command" in str(await say(office, "admin limit many", "UBOB"))


@pytest.mark.parametrize("text", ["browse", "show Boom"])
async def test_where_the_bot_is_not_browsing_answers_by_the_response_url(office: Office, text: str) -> None:
    channel = office.world.channel("secret", "private", "UADA")
    await office.ada.command(text, channel.id)
    await office.settle()
    if text == "browse":
        [page] = channel.messages.values()
        assert "Presets shared here" in page.everything
    else:
        assert "no such preset" in office.world.private("UADA")[-1].text


async def test_who_manages_is_asked_again_where_slack_was_too_busy_to_say(office: Office) -> None:
    office.world.fail("users.info", status=429)
    assert "Only an admin" in str(await say(office, "admin limit 5", "UBOB"))
    assert "5 a day" in str(await say(office, "admin limit 5", "UBOB"))


async def test_a_page_to_browse_is_the_same_whoever_has_asked_for_it(office: Office) -> None:
    office.world.person("UEVE", "eve")
    await shared(office, "deep 808", "hit house")
    card = office.cards()[-1]
    await office.bob.press(card, "💾 Save")
    await office.settle()
    pages = []
    for who in (office.ada, office.bob, office.somebody("UEVE", "eve")):
        before = set(office.general.messages)
        await who.command("browse", office.general.id)
        await office.settle()
        [ts] = office.general.messages.keys() - before
        pages.append(office.general.messages[ts])
    assert {page.everything for page in pages} == {pages[0].everything}
    assert pages[0].everything.count("💾 Save") == 2


@pytest.mark.parametrize("where", ["home", "direct"])
async def test_presets_are_shared_with_the_workspace_where_one_is_alone_with_the_bot(
    either: Office, where: str
) -> None:
    card = await either.kick()
    await either.ada.press(card, "💾 Save")
    await either.settle()
    direct = either.world.channel("-UADA", "im", "UADA", BOT)

    async def press(label: str) -> None:
        if where == "home":
            await either.ada.open_home()
            await either.settle()
            await either.ada.press_at_home(label)
        else:
            await either.ada.command("mine", direct.id)
            await either.settle()
            await either.ada.press(either.world.private("UADA")[-1], label)
        await either.settle()

    await press("Share")
    assert await either.shop.database.fetchval("SELECT place FROM kickbot.share") == "T1"
    assert "Unshare" in str(either.world.views.get("UADA")) or where == "direct"
    await press("Unshare")
    assert await either.shop.database.fetchval("SELECT count(*) FROM kickbot.share") == 0
