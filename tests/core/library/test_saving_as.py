"""Saving under a name of one's own: "save as mykick"."""

import pytest

from core import errors
from core.answers import replies
from tests.core.library.shop import Shop
from tests.core.people import actor

ADA = actor("ada")


async def shown_last(shop: Shop) -> str:
    """Make a kick that is shown; its ref."""
    take = await shop.kick("ada", "deep house")
    await shop.showing.posted(ADA, f"m{take.id}", take.ref)
    return str(take.ref)


async def saved(shop: Shop, line: str) -> replies.Saved:
    reply = await shop.say("ada", line)
    assert isinstance(reply, replies.Saved)
    return reply


@pytest.mark.parametrize("line", ["save as mykick", "save  AS  mykick", "presets save as mykick", "save as  mykick "])
async def test_the_last_one_shown_is_called_so(shop: Shop, line: str) -> None:
    await shown_last(shop)
    reply = await saved(shop, line)
    assert (reply.fresh, reply.card.name, reply.text) == (True, "mykick", 'Saved as your preset "mykick".')
    assert (await shop.preset(reply.card.ref)).name == "mykick"


async def test_one_that_is_named_may_be_called_otherwise(shop: Shop) -> None:
    first = await shown_last(shop)
    await shown_last(shop)
    reply = await saved(shop, f"save {first} as The first")
    assert reply.card.name == "The first"
    await shop.say("ada", "share The first")
    bob = await shop.say("bob", "save The first as Bobs own")
    assert isinstance(bob, replies.Saved)
    assert bob.card.name == "Bobs own"


async def test_a_name_that_is_taken_is_numbered(shop: Shop) -> None:
    for name in ("mykick", "mykick 2"):
        await shown_last(shop)
        assert (await saved(shop, "save as mykick")).card.name == name


async def test_what_is_saved_already_is_called_otherwise_from_now_on(shop: Shop) -> None:
    ref = await shown_last(shop)
    before = await saved(shop, "save")
    again = await saved(shop, "save as mykick")
    assert again.text == f'Your preset "{before.card.name}" is called "mykick" now.'
    assert (again.fresh, again.card.ref, again.card.name) == (False, before.card.ref, "mykick")
    assert (await shop.preset(before.card.ref)).name == "mykick"
    own = await saved(shop, f"save {before.card.ref} as other")
    assert own.text == 'Your preset "mykick" is called "other" now.'
    same = await saved(shop, f"save {ref} as other")
    assert same.text == 'That is your preset "other" already.'


async def test_a_name_with_as_in_it_is_still_a_name(shop: Shop) -> None:
    ref = await shown_last(shop)
    preset = (await saved(shop, f"save {ref} as good as new")).card
    assert preset.name == "good as new"
    reply = await saved(shop, "save good as new")
    assert (reply.card.ref, reply.text) == (preset.ref, 'That is your preset "good as new" already.')


async def test_a_name_that_nothing_has_says_how_to_give_it(shop: Shop) -> None:
    await shown_last(shop)
    with pytest.raises(errors.NothingCalled) as unknown:
        await shop.say("ada", "save mykick")
    assert str(unknown.value) == (
        'Nothing here is called "mykick". "save" keeps the last one shown, "save as mykick" does so under that name.'
    )
    with pytest.raises(errors.NothingCalled, match='"mykick"'):
        await shop.say("ada", "save mykick as other")


async def test_what_cannot_be_a_name_saves_nothing(shop: Shop) -> None:
    await shown_last(shop)
    for name in ("Käse!", "x" * 33):
        with pytest.raises(errors.BadPresetName):
            await shop.say("ada", f"save as {name}")
    assert await shop.database.fetchval("SELECT count(*) FROM public.presets_preset") == 0
