"""`/account`: joined, looked at, parted, forgotten, before nobody's eyes but one's own."""

import re

import pytest

from core.identities import PendingNotification
from core.people import Actor, Person, Place
from tests.bots.discord.world import Process, World, answer

ELSEWHERE = Actor(Person("slack", "T1", "U1", "ada.l"), Place("slack:A1:T1", "slack", id="T1", channel="C1"))


@pytest.fixture
def carried(parts: Process) -> list[PendingNotification]:
    """Letters to people on Slack."""
    notifications: list[PendingNotification] = []

    async def carry(notification: PendingNotification) -> bool:
        notifications.append(notification)
        return True

    parts.notifications.carriers["slack"] = carry
    return notifications


async def code_from_elsewhere(parts: Process) -> str:
    """A code that somebody was given on Slack."""
    return (await parts.services().desk.account.accounts.link(ELSEWHERE)).code


async def test_a_code_is_given_in_private(world: World) -> None:
    told = answer(await world.ada.slash(world.channel, "account link"))
    assert told.ephemeral
    assert re.search(r"[A-Z0-9]{4}-[A-Z0-9]{4}", told.content)
    assert world.posted() == []


async def test_both_are_named_before_they_are_joined(
    world: World, parts: Process, carried: list[PendingNotification]
) -> None:
    await world.kick()
    code = await code_from_elsewhere(parts)
    question = answer(await world.ada.slash(world.channel, "account link", code=code))
    assert question.ephemeral
    assert "ada on Discord and ada.l on Slack" in question.content
    assert await parts.database.fetchval("SELECT count(DISTINCT account_id) FROM kickbot.identity") == 2
    joined = answer(await world.ada.click(question, label="Join them"))
    assert joined.ephemeral
    assert "share one account now" in joined.content
    assert await parts.database.fetchval("SELECT count(DISTINCT account_id) FROM kickbot.identity") == 1
    assert [notification.to for notification in carried] == [ELSEWHERE.person]
    assert await parts.database.fetchval("SELECT count(*) FROM kickbot.letter") == 0


async def test_somebody_on_discord_is_told_when_another_joins(world: World, parts: Process) -> None:
    told = answer(await world.ada.slash(world.channel, "account link"))
    code = re.search(r"[A-Z0-9]{4}-[A-Z0-9]{4}", told.content)
    assert code
    accounts = parts.services().desk.account.accounts
    claim = await accounts.claim(ELSEWHERE, code[0])
    linked = await accounts.confirm(ELSEWHERE, claim.theirs.id)
    await parts.notifications.send(linked.notifications)
    [notification] = world.ada.user.dm_channel.history()
    assert "ada.l on Slack and ada on Discord share one Kickbot account now" in notification.content


async def test_a_wrong_code_is_refused(world: World) -> None:
    refused = answer(await world.ada.slash(world.channel, "account link", code="AAAA-AAAA"))
    assert refused.ephemeral
    assert "That code does not work" in refused.content


async def test_the_status_names_identities_and_counts(world: World) -> None:
    await world.kick()
    status = answer(await world.ada.slash(world.channel, "account status"))
    assert status.ephemeral
    assert "1 kick of" in status.content
    assert "ada on Discord" in status.content


async def test_one_identity_is_parted(world: World, parts: Process, carried: list[PendingNotification]) -> None:
    code = await code_from_elsewhere(parts)
    question = answer(await world.ada.slash(world.channel, "account link", code=code))
    await world.ada.click(question, label="Join them")
    parted = answer(await world.ada.slash(world.channel, "account unlink", name="slack"))
    assert "ada.l on Slack has left the account" in parted.content
    assert len(carried) == 2


async def test_forgetting_says_first_what_goes_and_takes_the_cards_down(world: World, parts: Process) -> None:
    card = await world.kick()
    await world.ada.click(card, label="Save")
    await world.kick(world.bob)
    question = answer(await world.ada.slash(world.channel, "account forget"))
    assert question.ephemeral
    assert "1 library kick" in question.content
    assert "1 preset" in question.content
    assert len(world.posted()) == 2
    done = await world.ada.click(question, label="Delete all of it")
    assert "You are forgotten here" in answer(done).content
    assert ["for bob" in message.content for message in world.posted()] == [True]
    assert await parts.database.fetchval("SELECT count(*) FROM kickbot.identity") == 1


async def test_there_may_be_nothing_to_forget(world: World) -> None:
    assert "Nothing is kept of you" in answer(await world.ada.slash(world.channel, "account forget")).content
