"""The day's count beside the web app: whatever is made there counts once, in whatever order."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from core import days, errors
from core.accounts.accounts import Accounts
from core.making.studio import Limits
from core.people import Actor
from core.refs import Ref
from db.postgres.database import Database
from tests.core.accounts import ADA, ADA_L, accounts_of, linked
from tests.core.conftest import take
from tests.core.library.shop import Shop
from tests.core.people import actor

BOB = actor("bob")
NIGHT = timedelta(hours=14)
"""From the shop's noon to 02:00 UTC: the web app dates by the next day, ours is still the same."""


@pytest.fixture
def limited(database: Database) -> Callable[..., Shop]:
    """A shop with other limits."""
    return lambda **limits: Shop(database, limits=replace(Limits(), **limits))


async def on_the_web(shop: Shop, who: Actor = ADA, times: int = 1) -> Ref:
    """Kicks that the web app makes now, dated as it does: by UTC."""
    account = await shop.people.enrol(who.person)
    made = [await shop.web_kick(account, f"AI: {uuid4().hex[:8]}", shop.moment.date()) for _ in range(times)]
    return made[-1]


async def in_chat(shop: Shop, who: Actor = ADA, times: int = 1) -> None:
    """Kicks that are made by us now."""
    for _ in range(times):
        [job] = await shop.order(who)
        await take(shop.studio, job)


async def made(shop: Shop, who: Actor = ADA) -> int:
    """What `account status` says."""
    return (await accounts_of(shop).status(who)).holdings.made


async def counted(shop: Shop, who: Actor = ADA) -> tuple[int, int]:
    """What is counted today for the account, and for all."""
    found = [
        await shop.database.fetchval(
            "SELECT used FROM kickbot.usage WHERE subject = $1 AND day = $2", subject, days.day(shop.moment)
        )
        for subject in (f"account:{await shop.people.account(who.person)}", "all")
    ]
    return found[0] or 0, found[1] or 0


async def web_count(shop: Shop, who: Actor) -> int:
    """How many kicks the web app thinks that somebody has made today."""
    count: int = await shop.database.fetchval(
        "SELECT count(*) FROM kickgen_generatedkick WHERE user_id = $1 AND created_at >= $2",
        await shop.people.account(who.person),
        days.day(shop.moment),
    )
    return count


async def test_what_is_made_there_after_the_first_kick_in_chat_counts_too(shop: Shop) -> None:
    await on_the_web(shop, times=2)
    assert await made(shop) == 2
    await in_chat(shop)
    await on_the_web(shop, times=3)
    assert (await made(shop), await counted(shop)) == (6, (3, 3))
    await in_chat(shop)
    assert (await made(shop), await counted(shop)) == (7, (7, 7))
    await on_the_web(shop, times=3)
    with pytest.raises(errors.QuotaReached):
        await in_chat(shop)
    assert await made(shop) == 10


async def test_what_is_made_there_at_night_has_tomorrows_date_and_counts_today_alone(shop: Shop) -> None:
    shop.moment += NIGHT
    await on_the_web(shop)
    assert await made(shop) == 1
    await in_chat(shop)
    await on_the_web(shop)
    await in_chat(shop)
    assert (await made(shop), await counted(shop)) == (4, (4, 4))
    shop.moment += timedelta(hours=5)
    assert await made(shop) == 0
    await in_chat(shop)
    await on_the_web(shop)
    await in_chat(shop)
    assert (await made(shop), await counted(shop)) == (3, (3, 3))


async def test_what_is_seen_first_on_the_next_day_counts_then_if_its_date_is_that_days(shop: Shop) -> None:
    await in_chat(shop)
    await on_the_web(shop, times=2)
    shop.moment += NIGHT
    await on_the_web(shop)
    shop.moment += timedelta(hours=5)
    assert await made(shop) == 1
    await in_chat(shop)
    assert (await made(shop), await counted(shop)) == (2, (2, 2))


async def test_what_stood_in_somebodys_way_once_is_counted_with_that_day(limited: Callable[..., Shop]) -> None:
    shop = limited(daily=2)
    await in_chat(shop)
    shop.moment += NIGHT
    await on_the_web(shop)
    with pytest.raises(errors.QuotaReached):
        await in_chat(shop)
    shop.moment += timedelta(hours=5)
    await in_chat(shop, times=2)


async def test_what_others_make_there_counts_for_all(limited: Callable[..., Shop]) -> None:
    shop = limited(everyone=6)
    await in_chat(shop)
    await on_the_web(shop, BOB, times=2)
    await in_chat(shop)
    assert await counted(shop) == (2, 4)
    await on_the_web(shop, actor("cem"))
    await in_chat(shop, BOB)
    assert await counted(shop, BOB) == (3, 6)
    with pytest.raises(errors.GlobalQuotaReached):
        await in_chat(shop)


async def test_what_is_saved_counts_nowhere(shop: Shop) -> None:
    kick = await on_the_web(shop)
    await shop.desk.library.save(ADA, (await shop.kick("ada")).ref)
    await shop.desk.library.save(ADA, kick)
    assert await shop.messages.record(await shop.account("ada"), ADA.place, "m", kick)
    await shop.desk.library.save(BOB, kick)
    await in_chat(shop, BOB)
    await in_chat(shop)
    assert (await counted(shop), await counted(shop, BOB)) == ((3, 4), (1, 4))
    assert (await made(shop), await made(shop, BOB)) == (3, 1)


async def test_what_is_saved_from_others_leaves_the_web_app_its_day(shop: Shop) -> None:
    shop.moment += NIGHT
    for number in range(3):
        await shop.desk.library.save(BOB, (await shop.kick(f"maker {number}")).ref)
    kick = await on_the_web(shop)
    assert await shop.messages.record(await shop.account("ada"), ADA.place, "m", kick)
    await shop.desk.library.save(BOB, kick)
    assert await web_count(shop, BOB) == 0
    await shop.desk.library.save(BOB, (await shop.kick("bob")).ref)
    assert await web_count(shop, BOB) == 1, "one's own was made today"


async def test_joined_accounts_have_seen_what_either_has(shop: Shop) -> None:
    service = accounts_of(shop)
    for who in (ADA, ADA_L):
        await on_the_web(shop, who)
        await in_chat(shop, who)
    for who in (ADA_L, ADA):
        await on_the_web(shop, who)
    await linked(service, ADA, ADA_L)
    assert await made(shop) == 6
    await on_the_web(shop)
    await in_chat(shop)
    assert (await made(shop), await counted(shop)) == (8, (8, 8))


@pytest.mark.parametrize("giver", [ADA, ADA_L])
async def test_joined_accounts_count_nothing_of_last_night_again(shop: Shop, giver: Actor) -> None:
    shop.moment += NIGHT
    for who in (ADA, ADA_L, ADA):
        await on_the_web(shop, who)
        await in_chat(shop, who)
    await on_the_web(shop, ADA_L)  # nobody sees it before the day turns
    shop.moment += timedelta(hours=5)
    await linked(accounts_of(shop), giver, ADA_L if giver is ADA else ADA)
    assert await made(shop) == 1
    await in_chat(shop)
    assert (await made(shop), await counted(shop)) == (2, (2, 2))


async def test_parting_and_meeting_again_counts_nothing_twice(shop: Shop) -> None:
    service = accounts_of(shop)
    await on_the_web(shop)
    await in_chat(shop, ADA_L)
    for _ in range(2):
        await linked(service, ADA, ADA_L)
        assert await made(shop) == 2
        await service.unlink(ADA_L)
        assert (await made(shop), await made(shop, ADA_L)) == (2, 2)
    await on_the_web(shop)
    assert (await made(shop), await made(shop, ADA_L)) == (3, 2)
    await linked(service, ADA, ADA_L)
    assert await made(shop, ADA_L) == 3
    await in_chat(shop, ADA_L)
    assert await made(shop) == 4


async def forgotten(shop: Shop, service: Accounts) -> int:
    """Ada has a web login and leaves chat; the account that stays."""
    account = await shop.account("ada")
    await shop.database.execute("UPDATE auth_user SET password = 'pbkdf2_sha256$1$s$h' WHERE id = $1", account)
    await service.forget(ADA, (await service.leaving(ADA)).mine.id)
    return account


async def test_who_leaves_chat_and_comes_back_has_made_as_many(shop: Shop) -> None:
    service = accounts_of(shop)
    await in_chat(shop)
    await on_the_web(shop, times=2)
    stays = await forgotten(shop, service)
    assert await made(shop) == 3
    await in_chat(shop)
    assert (await made(shop), (await counted(shop))[0]) == (4, 4)
    await shop.database.execute(
        "UPDATE kickbot.identity SET account_id = $2 WHERE account_id = $1", await shop.account("ada"), stays
    )
    assert await made(shop) == 3, "what was seen stays seen"


async def test_who_left_chat_has_seen_the_kicks_of_last_night(shop: Shop) -> None:
    shop.moment += NIGHT
    await on_the_web(shop)
    await in_chat(shop)
    shop.moment += timedelta(hours=5)
    stays = await forgotten(shop, accounts_of(shop))
    assert (await accounts_of(shop).rows.holdings(stays, shop.moment)).made == 0


async def test_what_was_swept_away_is_not_missed(shop: Shop) -> None:
    shop.moment -= timedelta(days=200)
    await on_the_web(shop)
    await in_chat(shop)
    shop.moment += timedelta(days=200)
    await shop.sweeper.sweep()
    assert await shop.used() == {}
    await on_the_web(shop)
    await in_chat(shop)
    assert (await made(shop), await counted(shop)) == (2, (2, 2))
