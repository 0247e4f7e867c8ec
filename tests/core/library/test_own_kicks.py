"""One's own kicks, a page at a time and one by one."""

import pytest

from core import errors
from core.answers import replies
from core.answers.commands import Invocation
from tests.core.library.shop import Shop
from tests.core.people import actor

ADA, BOB = actor("ada"), actor("bob")


async def listed(shop: Shop, text: str = "", most: int = 2) -> replies.Kicks:
    reply = await shop.desk.answer(ADA, Invocation("kicks", text), most)
    assert isinstance(reply, replies.Kicks)
    return reply


async def test_they_are_turned_by_what_each_page_leads_to(shop: Shop) -> None:
    saved = await shop.saved()
    takes = [await shop.kick() for _ in range(4)]
    page = await listed(shop)
    pages = [page]
    while page.next is not None:
        page = await listed(shop, page.next.rest)
        pages.append(page)
    assert [[card.ref for card in page.shown] for page in pages] == [
        [takes[3].ref, takes[2].ref],
        [takes[1].ref, takes[0].ref],
        [saved.kick.ref if saved.kick else None],
    ]
    assert [page.kept for page in pages] == [1, 1, 1]
    assert [page.back.rest if page.back else None for page in pages] == [None, "1", "2"]


@pytest.mark.parametrize(
    ("text", "number"),
    [("", 1), ("1", 1), ("2", 2), ("9", 2), ("0", 1), ("-1", 1), ("²", 1), ("9" * 5000, 1), ("x", 1)],
)
async def test_any_text_means_some_page(shop: Shop, text: str, number: int) -> None:
    for _ in range(3):
        await shop.kick()
    assert (await listed(shop, text)).number == number
    assert (await listed(shop, text, most=20)).number == 1


async def test_somebody_without_kicks_has_one_empty_page(shop: Shop) -> None:
    page = await listed(shop, "2")
    assert (page.shown, page.back, page.next) == ((), None, None)


async def test_one_is_heard_by_its_ref_and_by_nobody_else(shop: Shop) -> None:
    take, saved = await shop.kick(), await shop.saved()
    assert saved.kick is not None
    for ref in (take.ref, saved.kick.ref):
        reply = await shop.say("ada", f"kicks {ref}")
        assert isinstance(reply, replies.OwnKick)
        assert reply.card.ref == ref
        assert reply.card.audio is not None
        with pytest.raises(errors.NoSuchTake):
            await shop.say("bob", f"kicks {ref}")
    with pytest.raises(errors.NoSuchTake):
        await shop.say("ada", f"kicks {saved.ref}")
