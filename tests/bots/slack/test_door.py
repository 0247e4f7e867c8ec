"""The way in over HTTP: what Slack has not signed costs nothing."""

import asyncio
import json
import time
from urllib.parse import urlencode

import aiohttp
import pytest
from slack_bolt.async_app import AsyncApp

from bots.slack.http_mode import EVENTS, INSTALL, REDIRECT, HttpMode
from bots.web import app, server
from bots.web.options import WebOptions
from tests.bots.slack.office import Office
from tests.fakes.slack import people

BODY = urlencode({"command": "/kickdrum", "text": "hit", "team_id": "T1", "channel_id": "Cgeneral", "user_id": "UADA"})


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-Slack-Signature": "v0=00", "X-Slack-Request-Timestamp": "now"},
        {"X-Slack-Signature": "v0=00", "X-Slack-Request-Timestamp": "{now}"},
        {"X-Slack-Signature": "v0=00", "X-Slack-Request-Timestamp": "1" * 5000},
        {"X-Slack-Signature": "{signed}", "X-Slack-Request-Timestamp": "{now}0"},
        {"X-Slack-Signature": "{stale}", "X-Slack-Request-Timestamp": "{then}"},
        {"X-Slack-Signature": "{other}", "X-Slack-Request-Timestamp": "{now}"},
    ],
)
async def test_what_is_unsigned_altered_or_stale_is_refused(office: Office, headers: dict[str, str]) -> None:
    now, then = str(int(time.time())), str(int(time.time()) - 600)
    filled = {
        name: value.format(
            now=now,
            then=then,
            signed=people.signature(now, BODY),
            stale=people.signature(then, BODY),
            other=people.signature(now, BODY + "x"),
        )
        for name, value in headers.items()
    }
    filled["Content-Type"] = "application/x-www-form-urlencoded"
    calls = len(office.world.calls)
    async with office.session.post(office.address + EVENTS, data=BODY, headers=filled) as answer:
        assert answer.status == 401
    await office.settle()
    assert len(office.world.calls) == calls
    assert await office.shop.database.fetchval("SELECT count(*) FROM kickbot.job") == 0
    assert await office.shop.database.fetchval("SELECT count(*) FROM kickbot.heard") == 0


async def test_bytes_that_are_no_text_are_refused_too(office: Office) -> None:
    now = str(int(time.time()))
    headers = {"X-Slack-Signature": "v0=00", "X-Slack-Request-Timestamp": now, "Content-Type": "application/json"}
    async with office.session.post(office.address + EVENTS, data=b"\xff\xfe", headers=headers) as answer:
        assert answer.status == 401


async def test_slack_checks_the_address(office: Office) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "c-1"})
    now = str(int(time.time()))
    signed = {"X-Slack-Signature": people.signature(now, body), "X-Slack-Request-Timestamp": now}
    headers = {**signed, "Content-Type": "application/json"}
    async with office.session.post(office.address + EVENTS, data=body, headers=headers) as answer:
        assert answer.status == 200
        assert "c-1" in await answer.text()


async def test_slack_checks_the_certificate(office: Office) -> None:
    for query, status in (("?ssl_check=1&token=t", 200), ("", 405)):
        async with office.session.get(office.address + EVENTS + query) as answer:
            assert answer.status == status


async def test_slack_is_to_come_again_while_the_surface_is_not_open() -> None:
    """Before it has been joined, and from the moment at which it is left."""
    http_mode = HttpMode(people.SECRET)
    served = server.serve(app.web_app(WebOptions(""), {}, [http_mode.routes()]), "127.0.0.1", 0)
    async with served as port, aiohttp.ClientSession() as session:
        address = f"http://127.0.0.1:{port}"
        line = people.HttpLine(session, address + EVENTS)

        async def answers() -> list[int]:
            statuses = [await line.event({"type": "url_verification", "challenge": "c-1"})]
            for way in (INSTALL, REDIRECT):
                async with session.get(address + way) as answer:
                    statuses.append(answer.status)
            return statuses

        assert await answers() == [503, 503, 503]
        with http_mode.open(AsyncApp(signing_secret=people.SECRET, token="xoxb-1"), installable=False):
            assert await answers() == [200, 404, 404]
        assert await answers() == [503, 503, 503]


async def test_there_is_nothing_to_install_with_a_single_token(office: Office) -> None:
    async with office.session.get(office.address + "/slack/install") as answer:
        assert answer.status == 404


async def test_the_answer_does_not_wait_for_the_kick(office: Office) -> None:
    office.world.fail("users.info", status=429, retry_after=1)
    async with asyncio.timeout(1):
        await office.ada.command("hit", office.general.id)
    assert not office.cards()
    await office.settle()
    assert office.cards()
