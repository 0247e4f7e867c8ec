"""The commands as Discord is told of them."""

from typing import Any

import discord
import pytest
from simcord import Env

from bots.chat.notifications import Notifications
from bots.discord import start
from bots.discord.client import KickbotClient
from bots.discord.command_tree import Tree
from bots.discord.markup import OTHERWISE, DiscordMarkup
from core import errors
from core.answers.commands import TABLE, Invocation
from db.accounts.notifications import NotificationRows
from tests.bots.discord.world import Process, World, answer, prepared


def registered(world: World) -> dict[str, dict[str, Any]]:
    return {name: command for (name, _), command in world.env.backend.commands[None].items()}


async def test_these_are_all(world: World) -> None:
    names = {"Save kick as preset", "account", "kick", "kickhelp", "kicks", "kicksettings", "presets"}
    assert registered(world).keys() == names


async def test_the_first_commands_summary_says_that_nobody_is_thrown_out(world: World) -> None:
    assert "kicks nobody out" in registered(world)["kick"]["description"]


async def test_it_fits_discords_limits(world: World) -> None:
    def texts(option: dict[str, Any]) -> int:
        own = sum(len(str(option.get(key) or "")) for key in ("name", "description"))
        return own + sum(texts(one) for one in option.get("options") or [])

    for command in registered(world).values():
        assert texts(command) <= 8000


async def test_every_command_that_is_named_is_one_that_discord_has(world: World) -> None:
    known = registered(world)
    for command in TABLE:
        named = DiscordMarkup().command(Invocation(command.verb)).removeprefix("/").split()
        if named[-1] != "kick" or len(named) == 1:
            options = {option["name"] for option in known[named[0]].get("options") or ()}
            assert set(named[1:]) <= options, command.verb


async def test_commands_of_presets_are_those_of_the_table(world: World) -> None:
    options = {one["name"]: one for one in registered(world)["presets"]["options"]}
    verbs = [one.verb for one in TABLE if one.verb.startswith("presets ") and one.verb not in OTHERWISE]
    assert list(options) == [verb.removeprefix("presets ") for verb in verbs]
    assert options["share"]["description"] == "Show a preset of yours to everybody here"
    [which] = options["share"]["options"]
    assert (which["name"], which["required"], which["max_length"], which["autocomplete"]) == ("name", True, 32, True)
    assert options["mine"]["options"] == []


async def test_help_fits_on_one_screen(world: World) -> None:
    told = answer(await world.ada.slash(world.channel, "kickhelp"))
    assert told.ephemeral
    assert len(told.content) <= 2000
    assert len(told.content.splitlines()) <= 12
    for command in ("/kick", "/kicks", "/presets", "/account", "house"):
        assert command in told.content


async def test_commands_are_not_registered_at_a_start(world: World) -> None:
    before = world.requests("PUT", "/commands")
    await world.restart()
    assert world.requests("PUT", "/commands") == before == 1


async def test_an_operator_may_call_it_otherwise(parts: Process) -> None:
    client = KickbotClient(parts.services(), Notifications(NotificationRows(parts.database)), "boom")
    env = Env(client, shard_count=1)
    await env.start()
    assert "boom" in await start.sync(client.tree)
    guild = env.create_guild()
    ada = guild.add_member(env.create_user("ada"))
    card = answer(await ada.slash(guild.create_text_channel("drums"), "boom", prompt="hit house"))
    assert len(card.attachments) == 2
    await env.shutdown()
    env.raise_errors()


async def test_a_command_that_is_gone_says_how_to_get_the_new_ones(parts: Process) -> None:
    env = Env(parts.client(), shard_count=1)
    await env.start()
    world = await prepared(parts, env)
    for command in env.backend.commands[None].values():
        if command["name"] == "kicks":
            command["name"] = "mykicks"
            env.backend.commands[None]["mykicks", 1] = env.backend.commands[None].pop(("kicks", 1))
            break
    told = answer(await world.ada.slash(world.channel, "mykicks"))
    assert told.ephemeral
    assert "Reload it" in told.content
    assert [type(error).__name__ for error in env.errors] == ["CommandNotFound"]
    await env.shutdown()


@pytest.mark.parametrize("setting", ["/Kick ", "kick", "KICK"])
def test_a_slash_and_capitals_do_not_matter(setting: str) -> None:
    tree = Tree(discord.Client(intents=discord.Intents.none()), setting)
    assert tree.get_command("kick") is not None


@pytest.mark.parametrize("setting", ["", "make a kick", "kicks", "presets", "k" * 33])
def test_a_name_that_discord_would_not_take_is_a_bad_setting(setting: str) -> None:
    with pytest.raises(errors.BadSetting, match="DISCORD_COMMAND"):
        Tree(discord.Client(intents=discord.Intents.none()), setting)
