"""Browsing: filters, orders, pages that stay what they are while things come and go."""

import asyncio
from datetime import timedelta

import pytest

from core.answers import replies
from core.kicks import Preset
from tests.core.library.shop import Shop
from tests.core.people import actor

BOB = actor("bob")


async def shares(shop: Shop, count: int) -> list[Preset]:
    """Presets on stock kicks that ada shares, one a minute."""
    account = await shop.account("ada")
    presets = []
    for number in range(count):
        ref = f"preset:{await shop.filling.preset(account, f'preset {number}', 'Arnold')}"
        shop.moment += timedelta(minutes=1)
        await shop.desk.sharing.share(actor("ada"), ref)
        [entry, *_] = (await shop.desk.sharing.browse(BOB)).entries
        presets.append(await shop.preset(entry.card.ref))
    return presets


def names(page: replies.Page) -> list[str]:
    return [entry.card.name for entry in page.entries]


async def turned(shop: Shop, page: replies.Page, way: str, size: int = 3) -> replies.Page:
    """The page after it, or before."""
    invocation = page.next if way == "next" else page.back
    assert invocation is not None
    assert invocation.verb == "presets browse"
    return await shop.desk.sharing.browse(BOB, invocation.rest, size)


async def test_pages_there_and_back_again(shop: Shop) -> None:
    await shares(shop, 8)
    first = await shop.desk.sharing.browse(BOB, size=3)
    second = await turned(shop, first, "next")
    third = await turned(shop, second, "next")
    assert [names(page) for page in (first, second, third)] == [
        ["preset 7", "preset 6", "preset 5"],
        ["preset 4", "preset 3", "preset 2"],
        ["preset 1", "preset 0"],
    ]
    assert (first.back, third.next) == (None, None)
    assert names(await turned(shop, third, "back")) == names(second)
    assert await turned(shop, second, "back") == first


async def test_what_comes_and_goes_meanwhile_hides_and_doubles_nothing(shop: Shop) -> None:
    presets = await shares(shop, 8)
    first = await shop.desk.sharing.browse(BOB, size=3)
    await shares_more(shop, 2)
    for gone in (presets[5], presets[7], presets[3]):
        await shop.presets.delete(gone.account, gone.id)
    second = await turned(shop, first, "next")
    assert names(second) == ["preset 4", "preset 2", "preset 1"], "though where the first page ended is gone"
    assert names(await turned(shop, second, "next")) == ["preset 0"]
    back = await turned(shop, second, "back")
    assert names(back) == ["more 1", "more 0", "preset 6"]
    assert back.back is None


async def shares_more(shop: Shop, count: int) -> None:
    account = await shop.account("ada")
    for number in range(count):
        shop.moment += timedelta(minutes=1)
        preset = await shop.filling.preset(account, f"more {number}", "Arnold")
        await shop.desk.sharing.share(actor("ada"), f"preset:{preset}")


async def test_back_to_a_beginning_that_has_shrunk_is_the_first_page(shop: Shop) -> None:
    presets = await shares(shop, 6)
    first = await shop.desk.sharing.browse(BOB, size=3)
    second = await turned(shop, first, "next")
    await shop.presets.delete(presets[5].account, presets[5].id)
    back = await turned(shop, second, "back")
    assert names(back) == ["preset 4", "preset 3", "preset 2"]
    assert back.back is None


async def test_the_most_saved_come_first(shop: Shop) -> None:
    presets = [await shop.shared("ada") for _ in range(3)]
    for name, preset in (("bob", presets[1]), ("carol", presets[1]), ("bob", presets[0])):
        await shop.desk.library.save(actor(name), preset.ref)
    first = await shop.desk.sharing.browse(BOB, "sort:saves", size=2)
    assert [(entry.card.ref, entry.saves) for entry in first.entries] == [(presets[1].ref, 2), (presets[0].ref, 1)]
    second = await turned(shop, first, "next", 2)
    assert [(entry.card.ref, entry.saves) for entry in second.entries] == [(presets[2].ref, 0)]
    assert names(await turned(shop, second, "back", 2)) == names(first)


async def test_filters(shop: Shop) -> None:
    """The sounds of the tests are an A1 of 0.9 s."""
    deep, plain = await shop.shared("ada", "deep 808"), await shop.shared("bob", "hit house")
    assert deep.kick is not None
    assert deep.kick.sound.facts is not None
    assert deep.kick.sound.facts.note == "A1"
    seconds = deep.kick.sound.facts.seconds
    both = {deep.name, plain.name}
    for query, found in {
        "": both,
        "DEEP": {deep.name},
        "deep, 808": {deep.name},
        "deep house": set(),
        "dee": set(),
        plain.name.split()[-1]: {plain.name},
        "note:a": both,
        "note:A1": both,
        "note:a2": set(),
        "note:b": set(),
        f"max:{seconds + 0.01:.2f}": both,
        f"max:{seconds - 0.01:.2f}s": set(),
        f"min:{1000 * seconds - 10:.0f}ms max:{seconds + 0.01:.2f} deep": {deep.name},
        f"min:{seconds + 0.01:.2f}": set(),
        "by:ada": {deep.name},
        "by:nobody": set(),
        "by:bob note:a1 hit sort:saves": {plain.name},
    }.items():
        page = await shop.desk.sharing.browse(BOB, query)
        assert set(names(page)) == found, query


async def test_makers_are_found_without_spaces_and_capitals(shop: Shop) -> None:
    await shop.shared("Ada Love Lace")
    assert len((await shop.desk.sharing.browse(BOB, "by:adalovelace")).entries) == 1


async def test_pages_while_others_share_and_delete(shop: Shop) -> None:
    """What was there all along is seen once, whatever happens at the same time."""
    stay = {preset.name for preset in await shares(shop, 12)}
    account = await shop.account("ada")

    async def disturb() -> None:
        for number in range(15):
            shop.moment += timedelta(minutes=1)
            preset = await shop.filling.preset(account, f"more {number}", "Arnold")
            await shop.desk.sharing.share(actor("ada"), f"preset:{preset}")
            if number % 2:
                await shop.presets.delete(account, preset)

    async def read() -> list[str]:
        page = await shop.desk.sharing.browse(BOB, size=2)
        seen = names(page)
        while page.next:
            page = await turned(shop, page, "next", 2)
            seen += names(page)
        return seen

    *readings, _ = await asyncio.gather(*(read() for _ in range(4)), disturb())
    for seen in readings:
        assert isinstance(seen, list)
        assert len(seen) == len(set(seen))
        assert stay <= set(seen)


@pytest.mark.parametrize("sort", ["newest", "saves"])
async def test_no_entries_no_ways(shop: Shop, sort: str) -> None:
    page = await shop.desk.sharing.browse(BOB, f"sort:{sort} nothing")
    assert (page.entries, page.next, page.back) == ((), None, None)


@pytest.mark.parametrize("sort", ["newest", "saves"])
async def test_a_cursor_beyond_everything_is_at_an_end(shop: Shop, sort: str) -> None:
    await shop.shared("ada")
    far = "zzzzzzzzzzzz.zzzzzzzzzzzz"
    assert len((await shop.desk.sharing.browse(BOB, f"sort:{sort} after:{far}")).entries) == 1
    assert len((await shop.desk.sharing.browse(BOB, f"sort:{sort} before:{far}")).entries) == 1
    assert (await shop.desk.sharing.browse(BOB, f"sort:{sort} after:0.0")).entries == ()
    assert (await shop.desk.presets.mine(actor("ada"), f"before:{far}")).entries == ()
