"""Logging in and registering commands, over HTTP, with a server of Discord's shape on this machine."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import discord
import pytest
from discord.http import Route

from bots.discord import api_errors, start
from core import errors
from tests import ports
from tests.bots.console import chatting
from tests.bots.discord.world import Process
from tests.fakes.discord_server import TOKEN, DiscordServer


@pytest.fixture
async def server(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[DiscordServer]:
    async with DiscordServer().serving() as server:
        monkeypatch.setattr(Route, "BASE", server.address)
        yield server


async def test_commands_are_registered_in_one_step(server: DiscordServer) -> None:
    names = await start.sync_commands(TOKEN, "kick")
    assert names == sorted(command["name"] for command in server.commands)
    kick = next(command for command in server.commands if command["name"] == "kick")
    assert [(option["name"], option["required"]) for option in kick["options"]] == [
        ("prompt", True),
        ("seed", False),
        ("count", False),
    ]
    assert kick["options"][0]["max_length"] == 100
    assert (sorted(kick["integration_types"]), sorted(kick["contexts"])) == ([0, 1], [0, 1, 2])


async def test_registering_again_replaces_all(server: DiscordServer) -> None:
    await start.sync_commands(TOKEN, "kick")
    names = await start.sync_commands(TOKEN, "boom")
    assert "boom" in names
    assert "kick" not in names


async def test_a_refused_token_names_the_setting(server: DiscordServer, parts: Process) -> None:
    with pytest.raises(errors.BadSetting, match=r"DISCORD_TOKEN: Discord refuses it"):
        await start.sync_commands("a.bad.token", "kick")
    with pytest.raises(errors.BadSetting, match="DISCORD_TOKEN"):
        async with start.running(parts.client(), "a.bad.token"):
            pass


async def test_discord_out_of_reach_is_said_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Route, "BASE", f"http://127.0.0.1:{ports.free_port()}")
    with pytest.raises(api_errors.DiscordUnreachable):
        await start.sync_commands(TOKEN, "kick")


async def test_discord_out_of_reach_ends_no_start(monkeypatch: pytest.MonkeyPatch, parts: Process) -> None:
    monkeypatch.setattr(Route, "BASE", f"http://127.0.0.1:{ports.free_port()}")
    async with start.running(parts.client(), TOKEN):
        pass


async def test_discord_that_is_reached_only_later_is_logged_in_to_then(
    server: DiscordServer, parts: Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(start, "RETRIED_EVERY", 0.01)
    monkeypatch.setattr(Route, "BASE", f"http://127.0.0.1:{ports.free_port()}")
    client = parts.client()
    async with start.running(client, TOKEN), asyncio.timeout(20):
        await asyncio.sleep(0.1)
        monkeypatch.setattr(Route, "BASE", server.address)
        await client.wait_until_ready()
    assert len(server.identified) == 1


async def test_it_connects_with_the_intents_it_needs_and_leaves_in_order(server: DiscordServer, parts: Process) -> None:
    client = parts.client()
    async with start.running(client, TOKEN), asyncio.timeout(20):
        await client.wait_until_ready()
        assert client.surface.application == "discord:7"
        assert client.surface.autocomplete.words
    assert client.is_closed()
    [told] = server.identified
    wanted = discord.Intents(guilds=True, guild_reactions=True, dm_reactions=True)
    assert discord.Intents._from_value(told["intents"]) == wanted


@pytest.mark.parametrize(("code", "why"), [(4004, "Discord refuses it"), (4014, "ended the connection for good")])
async def test_being_refused_later_ends_it_in_one_sentence(
    server: DiscordServer, parts: Process, code: int, why: str
) -> None:
    client = parts.client()

    async def listen() -> None:
        async with asyncio.timeout(20), start.running(client, TOKEN):
            await client.wait_until_ready()
            await server.sockets[0].close(code=code)
            await asyncio.Event().wait()

    with pytest.raises(errors.BadSetting, match=f"DISCORD_TOKEN: .*{why}"):
        await listen()
    assert client.is_closed()
    assert client.surface.closing.is_set()


async def test_a_gateway_out_of_reach_is_tried_again(
    server: DiscordServer, parts: Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(start, "RETRIED_EVERY", 0.01)
    server.gateway_refusals = 2
    client = parts.client()
    async with start.running(client, TOKEN), asyncio.timeout(20):
        await client.wait_until_ready()


async def test_the_command_line_says_what_is_missing(tmp_path: Path) -> None:
    finished = await chatting.kickbot(tmp_path, "discord-sync")
    assert finished.status == 2
    assert "DISCORD_TOKEN" in finished.err
