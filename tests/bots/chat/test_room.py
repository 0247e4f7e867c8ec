"""The way of a job to its card, whatever the platform refuses, tried on a platform of lines."""

import asyncio
from dataclasses import replace

import pytest

from bots.chat import throttle
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
    assert await platform.desk.showing.shown(PLACE, message) is not None


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
    desk = shop.services()
    slow = replace(desk, studio=replace(shop.studio, engine=SlowEngine(pace=0.05)))
    await said(RoomPlatform(slow, room), "deep 808")
    assert [text for text in room.edits if "deep 808: the GPU is waking up" in text]


async def test_a_message_that_was_deleted_stays_deleted_and_the_asker_is_told(
    platform: RoomPlatform, shop: Shop, room: Room
) -> None:
    room.refuses = Refused.GONE
    await said(platform, "hit house")
    [(user, text)] = room.whispers
    assert user == "ada"
    assert "The message was removed while your kick was made." in text
    assert "is kept: you find it with /kicks" in text
    assert await states(shop) == ["done"]


async def test_what_may_not_be_posted_is_handed_to_the_asker(platform: RoomPlatform, shop: Shop, room: Room) -> None:
    room.refuses = Refused.FORBIDDEN
    await said(platform, "hit house")
    [(_, text)] = room.whispers
    assert text.startswith("This kick could not be posted where you asked for it, so here it is:")
    assert await states(shop) == ["done"]


@pytest.mark.parametrize(("refused", "state"), [(Refused.LATER, "made"), (Refused.FORBIDDEN, "done")])
async def test_where_nobody_can_be_told_only_what_may_work_later_is_tried_again(
    platform: RoomPlatform, shop: Shop, room: Room, refused: Refused, state: str
) -> None:
    room.refuses, room.deaf = refused, True
    await said(platform, "hit house")
    assert await states(shop) == [state]
    room.refuses, room.deaf = None, False
    await shop.end_leases()
    await platform.deliveries.take(PLACE.application)
    await said(platform, "help")
    assert [line.startswith("AI: ") for line in room.lines.values()] == [True] * (state == "made")


async def test_a_refusal_takes_the_placeholder_away(platform: RoomPlatform, shop: Shop, room: Room) -> None:
    shop.engine.render = lambda _: b"no sound"
    await said(platform, "hit house")
    assert not room.lines
    [(_, text)] = room.whispers
    assert "was not counted" in text
    assert await states(shop) == ["failed"]


async def test_no_edit_holds_up_what_is_shown_next() -> None:
    never, sent = asyncio.Event(), asyncio.Event()

    async def send(text: str) -> None:
        sent.set()
        await never.wait()

    async with asyncio.timeout(20), throttle.throttled(send, 0.0) as told:
        told.tell("on its way")
        await sent.wait()


async def test_only_the_newest_text_is_sent_and_none_after_the_end() -> None:
    got: list[str] = []

    async def send(text: str) -> None:
        got.append(text)

    async with throttle.throttled(send, 0.05) as told:
        for number in range(5):
            told.tell(str(number))
        await asyncio.sleep(0.2)
        told.tell("too late")
    await asyncio.sleep(0.1)
    assert got == ["4"]
