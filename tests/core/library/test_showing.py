"""What messages show: found by reactions, open to whoever reads there, never to be widened."""

import asyncio
from collections.abc import Coroutine
from typing import Any

import pytest

from core.chat.reactions import READ_BACK
from core.messages import Posted, Shown
from core.refs import Ref
from tests.core.conftest import take
from tests.core.library.shop import Shop, elsewhere
from tests.core.people import SERVER, actor
from tests.db.filling import when_waiting

ADA, BOB = actor("ada"), actor("bob")


async def test_a_message_is_found_where_it_is(shop: Shop) -> None:
    preset = await shop.saved("ada")
    await shop.showing.posted(ADA, "posted", preset.ref)
    assert await shop.showing.shown(SERVER, "posted") == preset.ref
    for place in (elsewhere(ADA, channel="another").place, elsewhere(ADA, application="another").place):
        assert await shop.showing.shown(place, "posted") is None
    assert await shop.showing.shown(SERVER, "another") is None


async def test_a_message_that_is_edited_shows_the_new_thing(shop: Shop) -> None:
    preset, take = await shop.saved("ada"), await shop.kick("ada")
    kick = preset.kick
    assert kick is not None
    for ref in (preset.ref, take.ref, kick.ref):
        await shop.showing.posted(ADA, "posted", ref)
        assert await shop.showing.shown(SERVER, "posted") == ref


async def test_nobody_opens_what_they_do_not_see_themselves(shop: Shop) -> None:
    preset = await shop.saved("ada")
    take = await shop.kick("ada")
    assert preset.kick is not None
    far = elsewhere(BOB, id="another", channel="another")
    for ref in (preset.ref, preset.kick.ref, take.ref, Ref("preset", 999)):
        await shop.showing.posted(far, f"of {ref}", ref)
        assert await shop.showing.shown(far.place, f"of {ref}") is None


async def test_what_the_place_shows_may_be_posted_by_anybody_there(shop: Shop) -> None:
    preset = await shop.shared("ada")
    await shop.showing.posted(elsewhere(BOB, channel="another"), "posted", preset.ref)
    assert await shop.showing.shown(elsewhere(BOB, channel="another").place, "posted") == preset.ref


async def test_the_lately_shown_are_told_the_newest_first(shop: Shop) -> None:
    take = await shop.kick("ada")
    preset = await shop.saved("ada")
    await shop.showing.posted(elsewhere(ADA, channel="another"), "posted", preset.ref)
    recent = await shop.messages.recent("test-bot", READ_BACK)
    assert recent[0] == Shown(Posted("test-bot", "another", "posted"), preset.ref)
    assert [shown.ref for shown in recent[1:]] == [preset.kick.sound.origin if preset.kick else None, take.ref]
    assert await shop.messages.recent("another-bot", READ_BACK) == []
    await shop.pass_time(days=2)
    assert await shop.messages.recent("test-bot", READ_BACK) == []


@pytest.mark.parametrize("table", ["kickbot.take", "public.kickgen_generatedkick", "public.presets_preset"])
async def test_a_message_shows_nothing_that_is_deleted_just_then(shop: Shop, table: str) -> None:
    preset, one = await shop.saved("ada"), await shop.kick("ada")
    assert preset.kick is not None
    refs = {"kickbot.take": one.ref, "public.kickgen_generatedkick": preset.kick.ref}
    await deleted_meanwhile(shop, table, shop.showing.posted(ADA, "posted", refs.get(table, preset.ref)))
    assert await shop.showing.shown(SERVER, "posted") is None


async def test_a_kick_that_is_deleted_just_when_it_is_shown_is_done(shop: Shop) -> None:
    [job] = await shop.order(ADA)
    await take(shop.studio, job)
    await deleted_meanwhile(shop, "kickbot.take", shop.studio.delivered(job, "posted"))
    assert await shop.state(job) == "done"
    assert await shop.showing.shown(SERVER, "posted") is None


async def deleted_meanwhile(shop: Shop, table: str, noting: Coroutine[Any, Any, None]) -> None:
    """Note what a message shows while somebody deletes it: they are waited for."""
    async with shop.database.transaction() as transaction:
        await transaction.execute(f"DELETE FROM {table}")
        noted = asyncio.create_task(noting)
        await when_waiting(shop.database, 1)
    await noted
