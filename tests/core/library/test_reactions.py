"""What reactions do, whatever platform they are made on."""

from collections.abc import AsyncIterator, Sequence

import pytest

from core import errors
from core.answers import replies
from core.chat.reactions import Reaction, Reactions, Standing
from core.messages import Shown
from core.people import Actor
from tests.core.library.shop import Shop
from tests.core.people import actor

ADA, BOB = actor("ada"), actor("bob")
PRESETS = "SELECT count(*) FROM presets_preset"


async def test_a_cross_below_what_is_not_ones_own_is_told_to_nobody(shop: Shop) -> None:
    take = await shop.kick("ada")
    await shop.showing.posted(ADA, "posted", take.ref)
    assert await shop.reactions.added(BOB, Reaction.DELETE, take.ref, "posted") is None
    deleted = await shop.reactions.added(ADA, Reaction.DELETE, take.ref, "posted")
    assert isinstance(deleted, replies.Deleted)
    with pytest.raises(errors.NoSuchTake):
        await shop.reactions.added(ADA, Reaction.DELETE, take.ref, "posted")


async def test_a_disk_saves_and_taken_away_undoes_that_once(shop: Shop) -> None:
    take = await shop.kick("ada")
    await shop.showing.posted(ADA, "posted", take.ref)
    saved = await shop.reactions.added(BOB, Reaction.SAVE, take.ref, "posted")
    assert isinstance(saved, replies.Saved)
    undone = await shop.reactions.taken_away(BOB, take.ref, "posted")
    assert undone is not None
    assert undone.kind == "unsaved"
    assert await shop.reactions.taken_away(BOB, take.ref, "posted") is None


async def caught_up(reactions: Reactions, *savers: Actor | Exception) -> None:
    """The last day is read; below each message these stand, or it cannot be told who does."""

    async def read(recent: Sequence[Shown]) -> AsyncIterator[Standing]:
        for saver in savers:
            if isinstance(saver, Exception):
                raise saver
        for shown in recent:
            yield Standing(shown, ADA.place, tuple(one for one in savers if isinstance(one, Actor)))

    await reactions.catch_up(["test-bot"], read)


async def test_what_was_missed_is_saved_once(shop: Shop) -> None:
    take = await shop.kick("ada")
    await shop.showing.posted(ADA, "posted", take.ref)
    await caught_up(shop.reactions, ADA, BOB)
    assert await shop.database.fetchval(PRESETS) == 2
    await shop.database.execute("DELETE FROM presets_preset")
    await caught_up(shop.reactions, ADA, BOB)
    assert await shop.database.fetchval(PRESETS) == 0


async def test_what_is_refused_to_one_is_saved_for_the_next(shop: Shop, caplog: pytest.LogCaptureFixture) -> None:
    shop.limit = 0
    take = await shop.kick("ada")
    await shop.showing.posted(ADA, "posted", take.ref)
    with caplog.at_level("INFO"):
        await caught_up(shop.services().reactions, BOB)
    assert f"{take.ref} is not saved for id-bob" in caplog.text
    shop.limit = 30
    await caught_up(shop.services().reactions, BOB)
    assert await shop.database.fetchval(PRESETS) == 1


@pytest.mark.parametrize("whole", [False, True])
async def test_where_it_cannot_be_read_one_line_says_so(
    shop: Shop, caplog: pytest.LogCaptureFixture, whole: bool
) -> None:
    take = await shop.kick("ada")
    await shop.showing.posted(ADA, "posted", take.ref)
    await caught_up(shop.reactions, ZeroDivisionError() if whole else errors.DatabaseUnavailable(detail="no route"))
    [line] = [record for record in caplog.records if "are not read" in record.getMessage()]
    assert bool(line.exc_info) is whole
    assert line.getMessage().endswith("are not read" if whole else "are not read: no route")
