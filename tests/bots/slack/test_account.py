"""One account on several platforms, the App Home, and the good-bye."""

import re

from core.answers import account, replies
from core.answers.commands import Invocation
from core.people import Actor, Person, Place
from tests.bots.slack.office import BOT, Office
from tests.fakes.slack.world import texts

DISCORD = Place("discord:1", "discord", id="guild", channel="drums")
ADA_THERE = Actor(Person("discord", "", "42", "ada#42"), DISCORD)


async def say(office: Office, text: str, user: str = "UADA") -> str:
    """What whoever says that is told alone."""
    before = len(office.world.private(user))
    await office.somebody(user, user).command(text, office.general.id)
    await office.settle()
    return "\n".join(message.text for message in office.world.private(user)[before:])


async def link(office: Office) -> None:
    """Ada links herself here with herself on Discord."""
    desk = office.surface.desk
    code = await desk.answer(ADA_THERE, Invocation("account link"))
    assert isinstance(code, account.LinkCode)
    assert "would become one account" in await say(office, f"account link {code.code}")
    question = office.world.private("UADA")[-1]
    [label] = question.buttons
    await office.ada.press(question, label)
    await office.settle()
    assert "share one account now" in office.world.private("UADA")[-1].text


async def test_saved_on_slack_and_found_on_discord(office: Office) -> None:
    await link(office)
    card = await office.kick()
    await office.ada.react("floppy_disk", card)
    await office.settle()
    desk = office.surface.desk
    mine = await desk.presets.mine(ADA_THERE)
    assert [entry.card.recipe is not None for entry in mine.entries] == [True]
    shared = await desk.sharing.share(ADA_THERE, mine.entries[0].card.name)
    assert shared.kind == "shared"
    other = Actor(Person("discord", "", "43", "bob"), DISCORD)
    page = await desk.sharing.browse(other)
    assert [entry.card.name for entry in page.entries] == [mine.entries[0].card.name]
    assert "Nothing is shared here yet" in await browsed(office), "it is shared there and not here"


async def browsed(office: Office) -> str:
    """What browsing shows in the channel."""
    await office.bob.command("browse", office.general.id)
    await office.settle()
    return [message.everything for message in office.general.messages.values() if "shared here" in message.everything][
        -1
    ]


async def test_a_code_is_for_the_askers_eyes_only(either: Office) -> None:
    await either.ada.mention("account link", either.general.id)
    await either.settle()
    assert re.search(r"[A-Z0-9]{4}-[A-Z0-9]{4}", either.world.private("UADA")[-1].text)
    assert not either.general.messages


async def test_whoever_shares_the_account_gets_a_letter(office: Office) -> None:
    await say(office, "kicks")
    desk = office.surface.desk
    await office.kick()
    told = await say(office, "account link")
    found = re.search(r"[A-Z0-9]{4}-[A-Z0-9]{4}", told)
    assert found is not None
    claim = await desk.answer(ADA_THERE, Invocation("account link", found[0]))
    assert isinstance(claim, replies.Question)
    linked = await desk.answer(ADA_THERE, claim.confirm)
    await office.notifications.send(replies.notifications(linked))
    [notification] = office.world.channels["D-UADA"].messages.values()
    assert "ada#42" in notification.text


async def test_the_home_shows_what_is_whose(either: Office) -> None:
    await either.kick(text="deep 808")
    await either.ada.open_home()
    await either.settle()
    shown = "\n".join(texts(either.world.views["UADA"]["blocks"]))
    assert "1 kick of 1000 made today" in shown or "1 kick of 10 made today" in shown
    assert "deep 808" in shown
    assert "ada on Slack" in shown
    await either.ada.press_at_home("💾 Save")
    await either.settle()
    shown = "\n".join(texts(either.world.views["UADA"]["blocks"]))
    assert "1 of 30 in your library" in shown


async def test_the_home_of_somebody_new_and_of_somebody_with_much(office: Office) -> None:
    await office.bob.open_home()
    await office.settle()
    assert "hit house" in "\n".join(texts(office.world.views["UBOB"]["blocks"]))
    for seed in range(18):
        card = await office.kick(text=f"hit seed:{seed}")
        await office.ada.press(card, "💾 Save")
    await office.settle()
    await office.ada.open_home()
    await office.settle()
    assert 60 < len(office.world.views["UADA"]["blocks"]) <= 100


async def test_forgetting_takes_down_what_showed_it(office: Office) -> None:
    await office.kick()
    assert "deletes for good" in await say(office, "account forget")
    question = office.world.private("UADA")[-1]
    [label] = question.buttons
    await office.bob.press(question, label)
    await office.settle()
    assert office.general.messages, "somebody else's press counts for nothing"
    await office.ada.press(question, label)
    await office.settle()
    assert "You are forgotten here" in office.world.private("UADA")[-1].text
    assert not office.general.messages
    assert await office.shop.database.fetchval("SELECT count(*) FROM kickbot.identity WHERE external_id = 'UADA'") == 0
    assert BOT in office.general.members
