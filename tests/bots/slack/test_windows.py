"""What arrives while a process of Slack's side begins or ends, and what goes on though Slack or the database fails."""

import asyncio
from contextlib import AsyncExitStack
from typing import Any

import pytest

from bots.slack.http_mode import EVENTS
from core.making.studio import Limits
from db.postgres.database import Database
from gpu.synth.engine import SynthEngine
from tests.bots.slack import office as offices
from tests.bots.slack.office import Office, PublicFiles
from tests.bots.slack.test_installing import install
from tests.bots.slack.test_restarts import SlowEngine
from tests.core.library.shop import Shop
from tests.fakes.slack import people


async def test_while_running_kicks_are_finished_slack_is_to_come_again(office: Office) -> None:
    slow = office.engine = SlowEngine()
    async with AsyncExitStack() as process:
        await process.enter_async_context(office.process())
        line = people.HttpLine(office.session, office.address + EVENTS)
        await office.ada.command("hit house", office.general.id)
        await slow.waiting.wait()
        leaving = asyncio.create_task(process.aclose())
        payload = {"type": "url_verification", "challenge": "c-1"}
        async with asyncio.timeout(20):
            while await line.event(payload) != 503:
                pass
        assert not leaving.done()
        slow.may.set()
        await leaving
    [card] = office.cards()
    assert "AI: " in card.text


@pytest.fixture
def hurried_shop(database: Database) -> Shop:
    """What a process has left is taken over twice a second."""
    return Shop(database, files=PublicFiles(), limits=Limits(daily=1000, lease=1))


@pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")
async def test_what_was_left_is_taken_over_as_soon_as_the_workspaces_are_known(hurried_shop: Shop) -> None:
    async with offices.office(hurried_shop, installable=True) as office:
        await install(office)
        slow = office.engine = SlowEngine()
        async with office.process() as here:
            await office.ada.command("hit house", office.general.id)
            await slow.waiting.wait()
            for task in list(here.deliveries.running):
                task.cancel()
            await asyncio.gather(*here.deliveries.running, return_exceptions=True)
        lease = "UPDATE kickbot.job SET lease_until = now() + $1::int * interval '1 hour'"
        await office.shop.database.execute(lease, 1)
        office.engine = SynthEngine()
        async with office.process():
            office.rows.away = True
            await office.shop.database.execute(lease, -1)
            await asyncio.sleep(0.7)
            assert not office.cards()
            office.rows.away = False
            await office.until(office.cards)
            await office.settle()
        assert len(office.cards()) == 1


async def test_whoever_leaves_hears_nothing_more(shop: Shop) -> None:
    """Slack would go on to tell a connection that is only forgotten, and nobody would acknowledge."""
    async with offices.office(shop, "socket") as office:
        await office.until(lambda: office.sockets.open)
        [before] = office.sockets.open
        await office.settle()
        running = asyncio.all_tasks()
        async with office.process():
            await office.until(lambda: len(office.sockets.open) == 2)
        await office.until(lambda: office.sockets.open == [before])
        await office.until(lambda: asyncio.all_tasks() <= running)
        await office.ada.command("hit house", office.general.id)
        await office.until(office.cards)


async def test_a_slack_that_tells_of_no_reactions_ends_no_start(office: Office) -> None:
    card = await office.kick()
    card.reactions["floppy_disk"].append("UBOB")
    office.world.fail("reactions.get", "fatal_error", times=9)
    async with office.process():
        await office.settle()
        assert await office.kick()
    assert await office.shop.database.fetchval("SELECT count(*) FROM kickbot.saved") == 0
    office.world.failures.clear()
    async with office.process():
        await office.settle()
    assert await office.shop.database.fetchval("SELECT count(*) FROM kickbot.saved") == 1


def mention(office: Office, text: str) -> dict[str, Any]:
    """What Slack tells of a mention."""
    return {
        "type": "event_callback",
        "team_id": "T1",
        "event_id": "E1",
        "api_app_id": "A1",
        "authorizations": [{"team_id": "T1", "user_id": offices.BOT, "is_bot": True}],
        "event": {
            "type": "app_mention",
            "user": "UADA",
            "text": f"<@UBOT> {text}",
            "channel": office.general.id,
            "ts": "9.1",
        },
    }


@pytest.mark.parametrize("text", ["xyzzy", "seed:1 seed:2 hit", "rename Boom"])
async def test_a_refusal_is_told_once_though_two_processes_hear_of_it(office: Office, text: str) -> None:
    first, there = office.address, office.surface
    async with office.process():
        payload = mention(office, text)
        lines = [people.HttpLine(office.session, address + EVENTS) for address in (first, office.address)]
        assert await asyncio.gather(*(line.event(payload) for line in lines * 2)) == [200] * 4
        await office.settle()
        await asyncio.gather(*there.background.running)
    assert len(office.world.private("UADA")) == 1
    assert await office.shop.database.fetchval("SELECT count(*) FROM kickbot.job") == 0


async def test_the_app_in_two_processes_hears_each_event_once(office: Office) -> None:
    """Slack spreads what it tells over all connections, and tells again what it got no answer to."""
    first = office.address
    async with office.process():
        assert office.address != first
        payload = mention(office, "hit")
        lines = [people.HttpLine(office.session, address + EVENTS) for address in (first, office.address)]
        assert await asyncio.gather(*(line.event(payload) for line in lines * 2)) == [200] * 4
        await office.until(office.cards)
        await office.settle()
    assert await office.shop.database.fetchval("SELECT count(*) FROM kickbot.job") == 1
    assert len(office.cards()) == 1
