"""Where only its user has installed the app: the bot is no member, and reaches nothing but by interactions."""

from typing import Any

import pytest

from tests.bots.discord.world import World, answer

TAKES = "SELECT count(*) FROM kickbot.take"
REMOVALS = "SELECT count(*) FROM kickbot.removal"


@pytest.fixture
def world(world: World) -> World:
    world.payloads.installed_by_user = True
    world.remove_bot()
    return world


def cards(world: World) -> list[Any]:
    """What stands in the channel."""
    return [message for message in world.channel.history() if message.attachments]


def refused(world: World) -> list[str]:
    """What was asked of the channel."""
    return [one.path for one in world.env.http_requests if one.path.startswith(f"/channels/{world.channel.id}")]


@pytest.mark.parametrize("minutes", [1, 30])
async def test_delete_takes_the_card_away_by_the_press_itself(world: World, minutes: int) -> None:
    card = await world.kick()
    world.env.backend.advance_clock(minutes * 60)
    told = await world.ada.click(card, label="Delete")
    assert "is deleted" in told.followups[0].content
    assert told.followups[0].ephemeral
    assert cards(world) == []
    assert await world.parts.database.fetchval(TAKES) == 0
    assert refused(world) == []


async def test_a_kick_that_presets_use_is_asked_about_and_then_taken_away(world: World) -> None:
    card = await world.kick()
    await world.ada.click(card, label="Save")
    asked = await world.ada.click(card, label="Delete")
    assert len(cards(world)) == 1
    await world.ada.click(asked.followups[0], label="Delete both")
    assert cards(world) == []


async def test_what_no_token_reaches_any_more_stays_and_that_is_said(world: World) -> None:
    await world.kick()
    world.env.backend.advance_clock(16 * 60)
    page = answer(await world.ada.slash(world.channel, "kicks"))
    told = answer(await world.ada.click(page, custom_id="t:delete take:1"))
    assert "Kickbot is not allowed to remove 1 message showing what is deleted" in told.content
    assert len(cards(world)) == 1
    assert refused(world) == []
    assert await world.parts.database.fetchval(REMOVALS) == 0


async def test_forgetting_takes_away_what_can_be_and_tells_of_the_rest(world: World) -> None:
    await world.kick()
    world.env.backend.advance_clock(16 * 60)
    await world.kick()
    question = answer(await world.ada.slash(world.channel, "account forget"))
    await world.ada.click(question, label="Delete all of it")
    assert "Kickbot is not allowed to remove 1 message" in question.content
    assert len(cards(world)) == 1


async def test_a_moderator_takes_down_anothers_card(world: World) -> None:
    card = await world.kick()
    told = await world.moderator().click(card, label="Delete")
    assert "is taken down" in told.followups[0].content
    assert cards(world) == []


async def test_a_press_that_discord_refuses_to_delete_by_is_told(world: World) -> None:
    card = await world.kick()
    world.env.inject_error("DELETE", "/webhooks/*", status=403, code=50013, message="Missing Permissions", times=None)
    told = await world.ada.click(card, label="Delete")
    assert "Kickbot is not allowed to remove 1 message showing what is deleted" in told.followups[0].content


class TestAutoMod:
    """It reads the answers to those who have installed the app alone."""

    async def test_a_card_that_it_blocks_comes_to_the_asker_and_leaves_no_placeholder(self, world: World) -> None:
        world.payloads.blocked.add("Hz")
        await world.ada.slash(world.channel, "kick", prompt="hit house")
        assert world.channel.history() == []
        [handed] = world.ada.user.dm_channel.history()
        assert handed.content.startswith("This kick could not be posted where you asked for it, so here it is:")
        assert len(handed.attachments) == 2

    async def test_somebody_who_takes_no_direct_messages_gets_it_there_alone(self, world: World) -> None:
        world.payloads.blocked.add("Hz")
        world.env.inject_error("POST", "/channels/*/messages", status=403, code=50007, message="no", times=None)
        result = await world.ada.slash(world.channel, "kick", prompt="hit house")
        [handed] = result.followups
        assert handed.ephemeral
        assert len(handed.attachments) == 2
        assert world.channel.history() == []

    async def test_a_list_that_it_blocks_is_refused_and_leaves_no_placeholder(self, world: World) -> None:
        world.payloads.blocked.add("Presets shared here")
        result = await world.ada.slash(world.channel, "presets browse")
        [told] = result.followups
        assert told.ephemeral
        assert "AutoMod" in told.content
        assert world.channel.history() == []
