"""Kicks outlive the process that began them."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field

from core.answers import account, replies
from core.answers.commands import Invocation
from core.engine import Order, Progress, Rendered
from core.people import Actor, Person, Place
from gpu.synth.engine import SynthEngine
from tests.bots.slack.office import Office


@dataclass
class SlowEngine(SynthEngine):
    """Makes nothing before it may; `waiting` is set when somebody waits."""

    may: asyncio.Event = field(default_factory=asyncio.Event)
    waiting: asyncio.Event = field(default_factory=asyncio.Event)

    async def updates(self, order: Order, call_id: str | None) -> AsyncGenerator[Progress | Rendered]:
        yield Progress("waking", 0.0)
        self.waiting.set()
        await self.may.wait()
        yield Progress("rendering", 3.0)
        async for step in super().updates(order, call_id):
            yield step


async def test_progress_is_shown_in_the_placeholder(office: Office) -> None:
    slow = office.engine = SlowEngine()
    async with office.process():
        await office.ada.command("hit house", office.general.id)
        await slow.waiting.wait()
        [message] = office.general.messages.values()
        await office.until(lambda: "waking up" in message.text)
        slow.may.set()
        await office.settle()
    assert [text.partition(" ")[0] for text in message.versions][:2] == ["🥁", "🌅"]
    assert "AI: " in message.text


async def test_another_process_goes_on_with_the_same_placeholder(office: Office) -> None:
    slow = office.engine = SlowEngine()
    async with office.process() as here:
        await office.ada.command("hit house", office.general.id)
        await slow.waiting.wait()
        [message] = office.general.messages.values()
        await office.until(lambda: "waking up" in message.text)
        for task in list(here.deliveries.running):
            task.cancel()
        await asyncio.gather(*here.deliveries.running, return_exceptions=True)
    await here.studio.release()
    office.engine = SynthEngine()
    async with office.process():
        await office.until(lambda: "AI: " in message.text)
        await office.settle()
    assert [card.ts for card in office.cards()] == [message.ts]
    assert await office.shop.database.fetchval("SELECT state FROM kickbot.job") == "done"


async def test_what_could_not_be_shown_while_slack_was_away_is_shown_later(office: Office) -> None:
    for method in ("chat.update", "chat.postMessage", "chat.postEphemeral", "hook"):
        office.world.fail(method, "fatal_error", status=200 if method != "hook" else 404, times=20)
    async with office.process() as here:
        await office.ada.command("hit house", office.general.id)
        await office.settle()
        assert await office.shop.database.fetchval("SELECT state FROM kickbot.job") == "made"
    await here.studio.release()
    office.world.failures.clear()
    async with office.process():
        await office.until(office.cards)
        await office.settle()
    assert await office.shop.database.fetchval("SELECT state FROM kickbot.job") == "done"
    assert await office.shop.database.fetchval("SELECT count(*) FROM kickbot.take") == 1


async def test_an_orderly_end_waits_for_what_is_being_made(office: Office) -> None:
    async with office.process():
        await office.ada.command("hit house", office.general.id)
    [card] = office.cards()
    assert "AI: " in card.text


async def test_saves_made_by_reaction_while_nobody_listened_are_read_at_the_start(office: Office) -> None:
    card = await office.kick()
    card.reactions["floppy_disk"].append("UBOB")
    async with office.process():
        await office.settle()
    assert await office.shop.database.fetchval("SELECT count(*) FROM kickbot.saved") == 1


async def test_what_was_crossed_out_while_nobody_listened_is_deleted_at_the_start(office: Office) -> None:
    card = await office.kick()
    card.reactions["x"] = ["UADA", "UBOT"]
    async with office.process():
        await office.settle()
    assert card.ts not in office.general.messages
    assert await office.shop.database.fetchval("SELECT count(*) FROM kickbot.take") == 0


async def test_who_crossed_out_what_is_saved_meanwhile_is_asked_once(office: Office) -> None:
    card = await office.kick()
    await office.ada.press(card, "💾 Save")
    await office.settle()
    card.reactions["x"] = ["UADA"]
    for _ in range(2):
        async with office.process():
            await office.settle()
    assert ["Delete both" in told.buttons for told in office.world.private("UADA")] == [False, True]
    assert card.ts in office.general.messages


async def test_what_was_saved_by_reaction_and_deleted_since_does_not_come_back(office: Office) -> None:
    card = await office.kick()
    await office.bob.react("floppy_disk", card)
    await office.settle()
    await office.shop.database.execute("DELETE FROM presets_preset")
    card.reactions["floppy_disk"].append("UBOB")
    async with office.process():
        await office.settle()
    assert await office.shop.database.fetchval("SELECT count(*) FROM presets_preset") == 0


async def test_a_card_that_could_not_be_removed_is_removed_by_the_next_process(office: Office) -> None:
    card = await office.kick()
    office.world.fail("chat.delete", "fatal_error", times=20)
    await office.ada.react("x", card)
    await office.settle()
    assert "could not be removed yet; that is tried again for a week." in office.world.private("UADA")[-1].text
    assert card.ts in office.general.messages
    office.world.failures.clear()
    async with office.process(), asyncio.timeout(10):
        while await office.shop.database.fetchval("SELECT count(*) FROM kickbot.removal"):  # noqa: ASYNC110
            await asyncio.sleep(0.05)
    assert not office.general.messages


async def test_what_another_process_deletes_is_removed_here(office: Office) -> None:
    await office.kick()
    elsewhere = office.shop.services().desk
    [ada] = await office.shop.database.fetch("SELECT * FROM kickbot.identity")
    who = Actor(Person("slack", ada["realm"], ada["external_id"], "ada"), Place("discord:1", "discord", "1", "1"))
    question = await elsewhere.answer(who, Invocation("account forget"))
    assert isinstance(question, replies.Question)
    forgotten = await elsewhere.answer(who, question.confirm)
    assert isinstance(forgotten, account.Forgotten)
    assert forgotten.left.messages == len(forgotten.posted) > 0
    assert office.general.messages
    async with office.process():
        await office.until(lambda: not office.general.messages)


async def test_a_letter_that_another_process_could_not_send_is_sent_once(office: Office) -> None:
    await office.kick()
    office.world.fail("chat.postMessage", "fatal_error", times=20)
    await linked_elsewhere(office)
    assert await office.shop.database.fetchval("SELECT count(*) FROM kickbot.letter") == 1
    office.world.failures.clear()
    await office.shop.database.execute("UPDATE kickbot.letter SET due = now()")
    async with office.process(), office.process(), asyncio.timeout(10):
        while await office.shop.database.fetchval("SELECT count(*) FROM kickbot.letter"):  # noqa: ASYNC110
            await asyncio.sleep(0.05)
    [notification] = office.world.channels["D-UADA"].messages.values()
    assert "bob on Discord and ada on Slack share one Kickbot account now" in notification.text


async def linked_elsewhere(office: Office) -> None:
    """Somebody on Discord, in another process, enters a code that ada was given here."""
    there = office.shop.services().desk
    ada, bob = Person("slack", "T1", "UADA", "ada"), Person("discord", "", "42", "bob")
    place = Place("discord:1", "discord", "1", "1")
    code = await there.answer(Actor(ada, place), Invocation("account link"))
    assert isinstance(code, account.LinkCode)
    question = await there.answer(Actor(bob, place), Invocation("account link", code.code))
    assert isinstance(question, replies.Question)
    linked = await there.answer(Actor(bob, place), question.confirm)
    await office.notifications.send(replies.notifications(linked))
