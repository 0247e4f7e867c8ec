"""`kickbot run` with Slack's settings, as an operator starts it."""

import asyncio
import json
from pathlib import Path

import aiohttp
import pytest

from tests import ports
from tests.bots.console import chatting
from tests.bots.slack.office import APP_TOKEN, BOT, BOT_TOKEN, TEAM
from tests.fakes.slack import people, server
from tests.fakes.slack.world import Token, World


@pytest.mark.parametrize("mode", ["http", "socket"])
async def test_run_answers_slack_and_ends_in_order(tmp_path: Path, mode: str) -> None:
    world, port = World(), ports.free_port()
    world.tokens[BOT_TOKEN], world.app_tokens = Token(TEAM, BOT, "B1"), {APP_TOKEN}
    world.person("UADA", "ada")
    general = world.channel("general", "public", "UADA", BOT)
    way = {"SLACK_SIGNING_SECRET": people.SECRET} if mode == "http" else {"SLACK_APP_TOKEN": APP_TOKEN}
    async with server.served(world) as sockets, aiohttp.ClientSession() as session:
        address = f"{world.address}/api/"
        settings = {"SLACK_BOT_TOKEN": BOT_TOKEN, "SLACK_API_URL": address, **way}
        async with chatting.serving(tmp_path, port, **settings):
            http = people.HttpLine(session, f"http://localhost:{port}/slack/events")
            line: people.Line = http if mode == "http" else people.SocketLine(sockets)
            await people.Somebody(world, line, "UADA", "ada").command("hit house", general.id)
        cards = [message for message in general.messages.values() if "🔁 Again" in message.buttons]
    assert len(cards) == 1, "what was begun is finished before the end"


async def test_it_is_not_ready_while_it_finishes_what_is_begun(tmp_path: Path) -> None:
    world, port, answering = World(), ports.free_port(), asyncio.Event()
    world.tokens[BOT_TOKEN] = Token(TEAM, BOT, "B1")
    world.person("UADA", "ada")
    general = world.channel("general", "public", "UADA", BOT)
    world.fail("chat.postMessage", until=answering)
    async with server.served(world), aiohttp.ClientSession() as session:
        address = f"{world.address}/api/"
        settings = {"SLACK_BOT_TOKEN": BOT_TOKEN, "SLACK_API_URL": address, "SLACK_SIGNING_SECRET": people.SECRET}
        async with chatting.serving(tmp_path, port, **settings) as process:
            line = people.HttpLine(session, f"http://localhost:{port}/slack/events")
            assert await ready(session, port) == (200, {"database": "up"})
            await people.Somebody(world, line, "UADA", "ada").command("hit house", general.id)
            while not world.called("chat.postMessage"):
                await ready(session, port)
            process.terminate()
            while (found := await ready(session, port))[0] == 200:
                pass
            assert found == (503, {"process": "draining"})
            async with session.get(f"http://localhost:{port}/healthz") as answer:
                assert answer.status == 200
            answering.set()


async def ready(session: aiohttp.ClientSession, port: int) -> tuple[int, dict[str, str]]:
    """What `/readyz` says."""
    async with session.get(f"http://localhost:{port}/readyz") as answer:
        return answer.status, (await answer.json())["parts"]


async def test_a_token_that_slack_refuses_ends_the_start_with_one_sentence(tmp_path: Path) -> None:
    world = World()
    async with server.served(world):
        ended = await chatting.kickbot(
            tmp_path,
            "run",
            PORT=str(ports.free_port()),
            KICK_ENGINE="synth",
            SLACK_BOT_TOKEN="xoxb-9",
            SLACK_APP_TOKEN="xapp-9",
            SLACK_API_URL=f"{world.address}/api",
        )
    assert ended.status == 2
    assert ended.err.splitlines()[-1].startswith("kickbot: SLACK_BOT_TOKEN: Slack does not take it (invalid_auth)")


async def test_the_manifest_is_printed(tmp_path: Path) -> None:
    ended = await chatting.kickbot(tmp_path, "slack-manifest", "--command", "kick", "--mode", "http")
    assert ended.status == 0
    assert json.loads(ended.out)["features"]["slash_commands"][0]["command"] == "/kick"
    assert "may refuse" in ended.err
    assert "PUBLIC_URL" in ended.err
    ended = await chatting.kickbot(tmp_path, "slack-manifest", SLACK_COMMAND="/drum")
    assert json.loads(ended.out)["features"]["slash_commands"][0]["command"] == "/drum"
    assert not ended.err
