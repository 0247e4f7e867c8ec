"""A platform of lines, with the whole core behind it: what a third platform needs, and all that it then can."""

import asyncio
from dataclasses import replace

import pytest

from bots.chat.messenger import Refused
from tests.bots.chat.room import PLACE, Room, RoomPlatform
from tests.bots.discord.engines import SlowEngine
from tests.core.library.shop import Shop


@pytest.fixture
def room() -> Room:
    return Room()


@pytest.fixture
def platform(shop: Shop, room: Room) -> RoomPlatform:
    return RoomPlatform(shop.services(), room)


async def said(platform: RoomPlatform, text: str, user: str = "ada") -> None:
    """Somebody writes a line, and all that comes of it has come."""
    await platform.hear(user, text)
    async with asyncio.timeout(20):
        while platform.deliveries.running:
            await asyncio.wait(platform.deliveries.running)


async def states(shop: Shop) -> list[str]:
    return [row["state"] for row in await shop.database.fetch("SELECT state FROM kickbot.job ORDER BY id")]


async def test_a_kick_takes_its_placeholders_place(platform: RoomPlatform, shop: Shop, room: Room) -> None:
    await said(platform, "hit house")
    [(message, card)] = room.lines.items()
    assert card.startswith("AI: ")
    assert await states(shop) == ["done"]
    assert await platform.services.showing.shown(PLACE, message) is not None


async def test_all_commands_work_there(platform: RoomPlatform, room: Room) -> None:
    for text in (
        "hit house",
        "save",
        "mine",
        "browse",
        "kicks",
        "help",
        "words",
        "settings",
        "share nothing",
        "status",
    ):
        await said(platform, text)
    told = "\n".join(text for _, text in room.whispers)
    assert "Saved as your preset" in told
    assert "1 of 30 in your library" in told
    assert "/presets delete NAME" in told
    assert "every channel" in told
    assert "There is no such preset here" in told


async def test_progress_is_shown_in_the_placeholder(shop: Shop, room: Room) -> None:
    slow = replace(shop.services(), studio=replace(shop.studio, engine=SlowEngine(timing=0.05)))
    await said(RoomPlatform(slow, room), "deep 808")
    assert [text for text in room.edits if "deep 808: the GPU is waking up" in text]


@pytest.mark.parametrize(("refused", "state"), [(Refused.LATER, "made"), (Refused.FORBIDDEN, "done")])
async def test_where_nobody_can_be_told_only_what_may_work_later_is_tried_again(
    platform: RoomPlatform, shop: Shop, room: Room, refused: Refused, state: str
) -> None:
    room.refuses, room.deaf = refused, True
    await said(platform, "hit house")
    assert await states(shop) == [state]
    room.refuses, room.deaf = None, False
    await shop.end_leases()
    await platform.deliveries.take_over(PLACE.application)
    await said(platform, "help")
    assert [line.startswith("AI: ") for line in room.lines.values()] == [True] * (state == "made")


async def test_a_refusal_takes_the_placeholder_away(platform: RoomPlatform, shop: Shop, room: Room) -> None:
    shop.engine.render = lambda _: b"no sound"
    await said(platform, "hit house")
    assert not room.lines
    [(_, text)] = room.whispers
    assert "was not counted" in text
    assert await states(shop) == ["failed"]
