"""Socket Mode: connections that end, tokens that are wrong."""

import asyncio

import pytest
from slack_bolt.async_app import AsyncApp

from bots.chat.notifications import Notifications
from bots.slack import socket_mode, start
from bots.slack.authorize import Authorize
from core import errors
from db import seen_events
from db.accounts.notifications import NotificationRows
from tests.bots.slack import office as offices
from tests.bots.slack.office import Office
from tests.core.library.shop import Shop


async def test_a_connection_that_slack_ends_is_made_again(shop: Shop) -> None:
    async with offices.office(shop, "socket") as office:
        await office.kick()
        await office.sockets.disconnect()
        await office.kick()
        assert len(office.cards()) == 2
        assert len(office.world.called("apps.connections.open")) >= 2


async def test_each_attempt_has_an_address_of_its_own_that_nobody_reads(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    office.world.fail("link", status=503, times=2)
    app = AsyncApp(authorize=Authorize(office.surface.post.workspaces))  # type: ignore[arg-type]
    async with socket_mode.connected(app, office.surface.post.api, offices.APP_TOKEN, ping=0.05):
        await asyncio.wait_for(office.sockets.connected.wait(), 2)
    assert len(office.world.called("apps.connections.open")) == 3
    assert "Failed to connect" in caplog.text
    assert "ticket=***" in caplog.text
    assert "secret-" not in caplog.text


@pytest.mark.parametrize("wrong", ["SLACK_APP_TOKEN", "SLACK_BOT_TOKEN"])
async def test_a_token_that_slack_does_not_take_ends_the_start(office: Office, wrong: str) -> None:
    if wrong == "SLACK_APP_TOKEN":
        office.world.app_tokens.clear()
    else:
        office.world.tokens.clear()
    office.mode = "socket"
    with pytest.raises(errors.BadSetting, match=wrong):
        async with office.process():
            pass


async def test_slack_may_be_out_of_reach_at_the_start(office: Office) -> None:
    office.world.fail("auth.test", status=503, times=3)
    database, workspaces = office.shop.database, office.surface.workspaces
    workspaces.found = None  # type: ignore[attr-defined]
    dependencies = start.Dependencies(
        office.services(), seen_events.SeenEvents(database), Notifications(NotificationRows(database))
    )
    here = start.surface(dependencies, office.surface.api, workspaces, offices.PACE)
    async with start.running(here, start.Connections()):
        assert await here.workspaces.find("T1") is not None
