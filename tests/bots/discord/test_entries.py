"""Discord by way of the program: `kickbot discord-sync` and `kickbot run`, as an operator starts them."""

import sys
from collections.abc import AsyncIterator
from pathlib import Path

import discord
import pytest
from pydantic import SecretStr

from bots.composition import discord_platform
from bots.settings import Settings
from core import errors
from tests import ports
from tests.bots.console import chatting
from tests.bots.console.chatting import Finished
from tests.fakes.discord_server import TOKEN, DiscordServer


@pytest.fixture
async def server() -> AsyncIterator[DiscordServer]:
    async with DiscordServer().serving() as server:
        yield server


def program(server: DiscordServer) -> tuple[str, ...]:
    """`kickbot`, for which this server is Discord."""
    return sys.executable, "-m", "tests.fakes.discord_program", server.address


async def kickbot(server: DiscordServer, data: Path, *words: str, **settings: str) -> Finished:
    return await chatting.kickbot(data, *words, program=program(server), **settings)


async def test_commands_are_registered_under_the_name_that_is_set(server: DiscordServer, tmp_path: Path) -> None:
    ended = await kickbot(server, tmp_path, "discord-sync", DISCORD_TOKEN=TOKEN, DISCORD_COMMAND="boom")
    assert ended.status == 0, ended.err
    names = sorted(command["name"] for command in server.commands)
    assert "boom" in names
    assert "kick" not in names
    assert ended.out == f"Discord knows these commands now: {', '.join(names)}.\n"


async def test_run_connects_and_leaves_in_order(server: DiscordServer, data: Path) -> None:
    async with chatting.serving(data, ports.free_port(), program=program(server), DISCORD_TOKEN=TOKEN):
        await server.connected.wait()
    [told] = server.identified
    assert told["token"] == TOKEN


async def test_a_token_that_discord_refuses_ends_the_start_with_one_sentence(server: DiscordServer, data: Path) -> None:
    port = str(ports.free_port())
    ended = await kickbot(server, data, "run", DISCORD_TOKEN="a.bad.token", PORT=port, KICK_ENGINE="synth")
    assert ended.status == 2
    assert ended.err.splitlines()[-1].startswith("kickbot: DISCORD_TOKEN: Discord refuses it")


@pytest.mark.parametrize(("token", "said"), [(None, "developer portal"), (SecretStr("t"), r"kickbot\[discord\]")])
async def test_what_is_missing_is_said_before_anything_is_done(
    monkeypatch: pytest.MonkeyPatch, token: SecretStr | None, said: str
) -> None:
    monkeypatch.setitem(sys.modules, discord.__name__, None)  # as where it is not installed
    with pytest.raises(errors.BadSetting, match=f"DISCORD_TOKEN.*{said}"):
        await discord_platform.sync(Settings(discord_token=token))
