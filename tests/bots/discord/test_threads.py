"""Cards in threads and in posts of forums: found again and taken away wherever they stand."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from simcord import ChannelHandle

from tests.bots.discord.world import SAVE, World, answer

Begin = Callable[[World], Awaitable[ChannelHandle]]

MESSAGES = "SELECT channel, thread FROM kickbot.message ORDER BY created_at"


async def in_a_thread(world: World) -> ChannelHandle:
    return await world.thread()


async def in_a_post(world: World) -> ChannelHandle:
    return await world.post()


PLACES = pytest.mark.parametrize("begin", [in_a_thread, in_a_post])


def cards(world: World, thread: ChannelHandle) -> list[Any]:
    """What the bot shows there."""
    return [message for message in world.posted(thread) if message.attachments]


@PLACES
async def test_the_thread_is_kept_with_each_message(world: World, begin: Begin) -> None:
    thread = await begin(world)
    answer(await world.ada.slash(thread, "kick", prompt="hit house"))
    [kept] = await world.parts.database.fetch(MESSAGES)
    parent = world.env.backend.get_channel(thread.id).parent_id
    assert (kept["channel"], kept["thread"]) == (str(parent), str(thread.id))


@PLACES
@pytest.mark.parametrize("known", [True, False])
class TestWhatIsShownThere:
    """The session knows the thread, or was never told of it: nor does it ever hear of messages."""

    async def shown(self, world: World, begin: Begin, known: bool) -> tuple[ChannelHandle, Any]:
        """The thread, with a card of ada's in it."""
        thread = await begin(world)
        card = answer(await world.ada.slash(thread, "kick", prompt="hit house"))
        await world.restart()
        if not known:
            world.forget_thread(thread)
        return thread, card

    async def test_delete_takes_it_away(self, world: World, begin: Begin, known: bool) -> None:
        thread, card = await self.shown(world, begin, known)
        assert "is deleted" in answer(await world.ada.click(card, label="Delete")).content
        assert cards(world, thread) == []

    async def test_a_cross_takes_it_away(self, world: World, begin: Begin, known: bool) -> None:
        thread, card = await self.shown(world, begin, known)
        await world.ada.react(card, "❌")
        assert cards(world, thread) == []

    async def test_a_moderator_takes_it_down(self, world: World, begin: Begin, known: bool) -> None:
        thread, card = await self.shown(world, begin, known)
        await world.moderator().react(card, "❌")
        assert cards(world, thread) == []
        assert await world.parts.database.fetchval("SELECT count(*) FROM kickbot.take") == 1

    async def test_forgetting_takes_it_away(self, world: World, begin: Begin, known: bool) -> None:
        thread, _ = await self.shown(world, begin, known)
        question = answer(await world.ada.slash(world.channel, "account forget"))
        await world.ada.click(question, label="Delete all of it")
        assert cards(world, thread) == []

    async def test_reactions_save_it_and_take_that_back(self, world: World, begin: Begin, known: bool) -> None:
        _, card = await self.shown(world, begin, known)
        for change, presets in ((world.bob.react, 1), (world.bob.unreact, 0), (world.bob.react, 1)):
            await change(card, SAVE)
            assert await world.parts.database.fetchval("SELECT count(*) FROM presets_preset") == presets
