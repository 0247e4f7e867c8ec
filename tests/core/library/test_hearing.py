"""Kicks of one's own, posted again by their ref or name."""

import pytest

from core import errors
from core.answers import replies
from tests.core.library.shop import Shop
from tests.core.people import actor


async def test_ones_own_take_and_kick_are_shown_again(shop: Shop) -> None:
    take = await shop.kick("ada", "deep house")
    for which in (str(take.ref), take.name, take.name.removeprefix("AI: ").lower()):
        shown = await shop.say("ada", f"show {which}")
        assert isinstance(shown, replies.Shown)
        assert (shown.entry.card.ref, shown.entry.card.prompt) == (take.ref, "deep house")
        assert (shown.entry.mine, shown.entry.saved) == (True, False)
        assert shown.entry.card.audio is not None
    await shop.desk.library.save(actor("ada"), take.ref)
    [kick] = (await shop.desk.library.kicks(actor("ada"))).library
    shown = await shop.say("ada", f"show {kick.ref}")
    assert isinstance(shown, replies.Shown)
    assert (shown.entry.card.ref, shown.entry.saved) == (kick.ref, True)


async def test_nobody_elses_take_is_shown_and_none_that_is_gone(shop: Shop) -> None:
    take = await shop.kick("ada")
    for who, which in (("bob", str(take.ref)), ("ada", "take:999"), ("bob", "kick:1")):
        with pytest.raises(errors.NoSuchTake):
            await shop.say(who, f"show {which}")
    with pytest.raises(errors.NoSuchPreset):
        await shop.say("bob", f"show {take.name}")


async def test_a_preset_goes_before_a_kick_of_that_name(shop: Shop) -> None:
    take = await shop.kick("ada")
    given = take.name.removeprefix("AI: ")
    saved = await shop.desk.library.save(actor("ada"), take.ref, given)
    shown = await shop.say("ada", f"show {given}")
    assert isinstance(shown, replies.Shown)
    assert shown.entry.card.ref == saved.card.ref
