"""Telling Discord which commands there are: a step of its own, not done at each start."""

from typing import Any

import discord
from discord import app_commands

from bots.discord.tree import Tree


async def sync(tree: app_commands.CommandTree[Any]) -> list[str]:
    """Replace the commands that Discord shows by those of the tree; their names."""
    return sorted(command.name for command in await tree.sync())


async def sync_commands(token: str, command: str) -> list[str]:
    """Log in, register the commands, leave. Raises what discord.py does where the token is wrong."""
    client = discord.Client(intents=discord.Intents.none())
    tree = Tree(client, command)
    async with client:
        await client.login(token)
        return await sync(tree)
