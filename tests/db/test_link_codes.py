"""Link codes: kept as marks, good once and for a while, and not to be guessed."""

import asyncio
from datetime import timedelta

import pytest

from bots.composition.platforms import PLATFORMS
from core import errors
from core.accounts import link_codes
from core.identities import Identity
from db.accounts.link_codes import LinkCodes
from db.postgres.database import Database
from db.sweepings import Sweepings
from tests.aging import age
from tests.core.people import KEYS
from tests.db import filling
from tests.db.filling import Filling

CODE = "ABCDEFGH"
MARK = KEYS.code(CODE)
WRONG = KEYS.code("HGFEDCBA")


@pytest.fixture
def codes(database: Database) -> LinkCodes:
    return LinkCodes(database, PLATFORMS)


@pytest.fixture
async def three(database: Database) -> list[int]:
    """Three identities, each of an account of its own; the code of the first is open."""
    rows = Filling(database)
    made = [await rows.identity(await rows.user(), name) for name in ("ada", "bob", "eve")]
    await LinkCodes(database, PLATFORMS).open(made[0], MARK)
    return made


async def outcome(codes: LinkCodes, identity: int, mark: bytes) -> type[Exception] | int:
    try:
        found: Identity = await codes.claim(identity, mark)
    except errors.KickbotError as error:
        return type(error)
    return found.id


async def test_the_code_tells_whose_it_is(codes: LinkCodes, three: list[int]) -> None:
    found = await codes.claim(three[1], MARK)
    assert (found.id, found.person.name) == (three[0], "ada")


async def test_the_database_does_not_hold_the_code(database: Database, three: list[int]) -> None:
    rows = (await filling.everything(database))["kickbot.link_code"]
    assert len(rows) == 1
    assert CODE not in rows[0]
    assert CODE.encode().hex() not in rows[0]


async def test_it_expires(codes: LinkCodes, three: list[int], database: Database) -> None:
    await age(database, timedelta(minutes=link_codes.MINUTES - 1))
    assert await outcome(codes, three[1], MARK) == three[0]
    await age(database, timedelta(minutes=1))
    assert await outcome(codes, three[1], MARK) is errors.NoSuchCode


async def test_a_new_code_voids_the_one_before_and_what_was_claimed_with_it(
    codes: LinkCodes, three: list[int], database: Database
) -> None:
    await codes.claim(three[1], MARK)
    await codes.open(three[0], KEYS.code("NEWNEWNE"))
    assert await database.fetchval("SELECT count(*) FROM kickbot.link_code") == 1
    assert await database.fetchval("SELECT claimed_by FROM kickbot.link_code") is None
    assert await outcome(codes, three[1], MARK) is errors.NoSuchCode


async def test_expired_codes_do_not_pile_up(codes: LinkCodes, three: list[int], database: Database) -> None:
    await age(database, timedelta(minutes=link_codes.MINUTES))
    await codes.open(three[1], WRONG)
    assert not await Sweepings(database).forget("link codes", 100)
    assert await database.fetchval("SELECT array_agg(identity_id) FROM kickbot.link_code") == [three[1]]


async def test_one_who_has_entered_it_may_again_and_nobody_else(codes: LinkCodes, three: list[int]) -> None:
    assert await outcome(codes, three[1], MARK) == three[0]
    assert await outcome(codes, three[2], MARK) is errors.NoSuchCode
    assert await outcome(codes, three[1], MARK) == three[0]


async def test_of_many_at_once_one_gets_it(codes: LinkCodes, three: list[int]) -> None:
    ends = await asyncio.gather(*(outcome(codes, identity, MARK) for identity in three[1:] * 2))
    assert len({who for who, end in zip(three[1:] * 2, ends, strict=True) if end == three[0]}) == 1


async def test_ones_own_code_is_refused_and_stays_good(codes: LinkCodes, three: list[int], database: Database) -> None:
    account = await database.fetchval("SELECT account_id FROM kickbot.identity WHERE id = $1", three[0])
    also_ada = await Filling(database).identity(account, "ada too", "slack")
    for _ in range(link_codes.TRIES + 1):
        assert await outcome(codes, three[0], MARK) is errors.OwnCode
        assert await outcome(codes, also_ada, MARK) is errors.SameAccount
    assert await outcome(codes, three[1], MARK) == three[0]


async def test_after_five_wrong_tries_even_the_right_code_is_refused(codes: LinkCodes, three: list[int]) -> None:
    for _ in range(link_codes.TRIES):
        assert await outcome(codes, three[1], WRONG) is errors.NoSuchCode
    assert await outcome(codes, three[1], MARK) is errors.TooManyTries
    assert await outcome(codes, three[1], WRONG) is errors.TooManyTries
    assert await outcome(codes, three[2], MARK) == three[0]


async def test_a_hundred_tries_at_once_count_as_five(codes: LinkCodes, three: list[int]) -> None:
    ends = await asyncio.gather(*(outcome(codes, three[1], WRONG) for _ in range(100)))
    assert ends.count(errors.NoSuchCode) == link_codes.TRIES
    assert ends.count(errors.TooManyTries) == 100 - link_codes.TRIES


async def test_no_ten_minutes_hold_more_than_five_wrong_tries(
    codes: LinkCodes, three: list[int], database: Database
) -> None:
    counted = []
    for minute in range(0, 120, 3):
        if await outcome(codes, three[1], WRONG) is errors.NoSuchCode:
            counted.append(timedelta(minutes=minute))
        await age(database, timedelta(minutes=3))
    assert len(counted) > link_codes.TRIES
    for last, later in zip(counted, counted[link_codes.TRIES :], strict=False):
        assert later - last >= timedelta(minutes=link_codes.MINUTES)


async def test_wrong_tries_are_forgotten_when_they_count_no_more(
    codes: LinkCodes, three: list[int], database: Database
) -> None:
    await outcome(codes, three[1], WRONG)
    for hours, left in ((1, 1), (24, 0)):
        await age(database, timedelta(hours=hours))
        await Sweepings(database).forget("wrong link codes", 100)
        assert await database.fetchval("SELECT count(*) FROM kickbot.link_try") == left


async def test_a_right_code_wipes_no_wrong_tries_out(codes: LinkCodes, three: list[int]) -> None:
    for _ in range(link_codes.TRIES - 1):
        await outcome(codes, three[1], WRONG)
    assert await outcome(codes, three[1], MARK) == three[0]
    assert await outcome(codes, three[1], WRONG) is errors.NoSuchCode
    assert await outcome(codes, three[1], MARK) is errors.TooManyTries
