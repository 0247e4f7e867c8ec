"""Names that are taken: by oneself again and again, in other capitals, by the web app at that very moment."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest

from core import errors
from core.kicks import Take
from db.postgres import pool
from db.postgres.database import Database
from tests.core.library.shop import Shop
from tests.core.people import actor
from tests.db.filling import when_waiting

ADA = actor("ada")


@pytest.fixture
async def web(target: pool.Target) -> AsyncIterator[Database]:
    """The web app's own connections to the database."""
    async with pool.open_pool(target) as connections:
        yield Database(connections)


async def alike(shop: Shop, count: int, name: str = "AI: Anke", prompt: str = "hit house") -> list[Take]:
    """So many people's takes, all of one name and made from one prompt."""
    takes = [await shop.kick(f"maker {number}") for number in range(count)]
    await shop.database.execute("UPDATE kickbot.take SET name = $1, prompt = $2", name, prompt)
    return takes


async def saved(shop: Shop, takes: list[Take]) -> list[tuple[str, str]]:
    """What each becomes in the library of ada: the preset's name, and the kick's that it plays."""
    names = []
    for take in takes:
        reply = await shop.desk.library.save(ADA, take.ref)
        preset = await shop.preset(reply.card.ref)
        assert preset.kick is not None
        assert preset.kick.sound.origin == take.ref, "it plays what was saved, and nobody else's sound"
        names.append((preset.name, preset.sample))
    return names


async def test_six_kicks_of_one_name_are_saved_under_six_names(shop: Shop) -> None:
    assert await saved(shop, await alike(shop, 6)) == [
        ("hit house Anke", "AI: Anke"),
        *((f"hit house Anke {number}", f"AI: Anke {number}") for number in range(2, 7)),
    ]


@pytest.mark.parametrize("length", [25, 26, 27, 28, 29, 30, 31, 32])
async def test_long_names_are_numbered_too(shop: Shop, length: int) -> None:
    given = "Anke Long Name Anke Long Name"[: length - 4]
    names = await saved(shop, await alike(shop, 6, f"AI: {given}", "hit"))
    assert len({preset.lower() for preset, _ in names}) == len({kick.lower() for _, kick in names}) == 6
    assert max(len(name) for pair in names for name in pair) <= 32


async def test_capitals_do_not_part_names(shop: Shop) -> None:
    account = await shop.account("ada")
    for number, end in enumerate(("", " 2", " 3", " 4", " 5"), 1):
        await shop.web_kick(account, ("AI: ANKE" if number % 2 else "AI: anke") + end)
        await shop.filling.preset(account, ("HIT house anke" if number % 2 else "hit HOUSE Anke") + end, "Arnold")
    [take] = await alike(shop, 1)
    assert await saved(shop, [take]) == [("hit house Anke 6", "AI: Anke 6")]


async def test_a_rename_offers_a_name_that_is_free(shop: Shop) -> None:
    account = await shop.account("ada")
    for name in ("tight", "Tight 2", "TIGHT 3", "tight 4", "tight 5", "other"):
        await shop.filling.preset(account, name, "Arnold")
    with pytest.raises(errors.NameTaken, match=r'"tight" already\. "tight 6" is free'):
        await shop.desk.presets.rename(ADA, "other", "tight")
    await shop.desk.presets.rename(ADA, "other", "tight 6")
    await shop.desk.presets.rename(ADA, "tight 6", "TIGHT 6")


async def test_a_name_that_the_web_app_takes_meanwhile_is_no_outage(shop: Shop, web: Database) -> None:
    [take] = await alike(shop, 1)
    account = await shop.account("ada")
    await shop.database.execute("UPDATE kickbot.take SET account_id = $1", account)
    async with web.transaction() as holding:
        await holding.execute("SELECT FROM kickbot.take FOR UPDATE")
        saving = asyncio.create_task(shop.desk.library.save(ADA, take.ref))
        await when_waiting(shop.database, 1)
        await shop.filling.preset(account, "hit house Anke", "Arnold")
    assert (await saving).card.name == "hit house Anke 2"


async def test_names_that_the_web_app_takes_again_and_again_are_told_as_they_are(shop: Shop, web: Database) -> None:
    """Each attempt waits for the take, and before it goes on its name is gone."""
    [take] = await alike(shop, 1)
    account = await shop.account("ada")
    await shop.database.execute("UPDATE kickbot.take SET account_id = $1", account)
    async with AsyncExitStack() as stack:
        holding = AsyncExitStack()
        await stack.enter_async_context(holding)
        await hold_take(holding, web)
        saving = asyncio.create_task(shop.desk.library.save(ADA, take.ref))
        for end in ("", " 2", " 3", " 4"):
            await when_waiting(shop.database, 1)
            await shop.filling.preset(account, f"hit house Anke{end}", "Arnold")
            following = AsyncExitStack()
            await stack.enter_async_context(following)
            next_hold = asyncio.create_task(hold_take(following, web))
            await when_waiting(shop.database, 2)
            await holding.aclose()
            await next_hold
            holding = following
        with pytest.raises(errors.DatabaseBusy, match=r"nothing was changed\. Please try again"):
            await saving
    assert await shop.database.fetchval("SELECT count(*) FROM kickgen_generatedkick") == 0
    assert (await shop.desk.library.save(ADA, take.ref)).card.name == "hit house Anke 5"


async def hold_take(stack: AsyncExitStack, web: Database) -> None:
    """Hold the take until the stack is closed."""
    transaction = await stack.enter_async_context(web.transaction())
    await transaction.execute("SELECT FROM kickbot.take FOR UPDATE")


async def test_a_name_that_the_web_app_takes_during_a_rename_is_told(shop: Shop, web: Database) -> None:
    account = await shop.account("ada")
    preset = await shop.filling.preset(account, "old", "Arnold")
    await shop.filling.preset(account, "new 2", "Arnold")
    async with web.transaction() as holding:
        await holding.execute("SELECT FROM presets_preset WHERE id = $1 FOR UPDATE", preset)
        renaming = asyncio.create_task(shop.desk.presets.rename(ADA, "old", "new"))
        await when_waiting(shop.database, 1)
        await shop.filling.preset(account, "new", "Arnold")
    with pytest.raises(errors.NameTaken, match=r'"new" already\. "new 3" is free'):
        await renaming
