"""Telling Discord which commands there are: a step of its own, not done at each start."""

from typing import Any

import discord
from discord import app_commands

from bots.discord import api_errors, start
from bots.discord.command_tree import Tree


async def sync(tree: app_commands.CommandTree[Any]) -> list[str]:
    """Replace the commands that Discord shows by those of the tree; their names."""
    return sorted(command.name for command in await tree.sync())


async def sync_commands(token: str, command: str) -> list[str]:
    """Log in, register the commands, leave; their names. Raises `errors.BadSetting`, `DiscordUnreachable`."""
    async with discord.Client(intents=discord.Intents(guilds=True)) as client:
        tree = Tree(client, command)
        if not await start.log_in(client, token):
            raise api_errors.DiscordUnreachable
        return await sync(tree)
