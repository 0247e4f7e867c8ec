"""All commands of the application."""

from typing import Any

import discord
from discord import app_commands

from bots import failures
from bots.discord import acknowledging, kick, plain
from bots.discord.account import Account
from bots.discord.presets import Presets
from bots.discord.rules import Settings
from bots.discord.surface import Interaction

INSTALLS = app_commands.AppInstallationType(guild=True, user=True)
CONTEXTS = app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True)


class Tree(app_commands.CommandTree[Any]):
    """Commands for servers and for users, in servers, threads and conversations. `/kick` is called `name`."""

    def __init__(self, client: discord.Client, name: str) -> None:
        super().__init__(client, allowed_installs=INSTALLS, allowed_contexts=CONTEXTS)
        for command in (kick.command(name), plain.kicks(), Presets(), Account(), plain.help(name), Settings()):
            self.add_command(command)
        self.add_command(plain.save())

    async def on_error(self, interaction: Interaction, error: app_commands.AppCommandError, /) -> None:
        """Tell whoever asked, also of what went wrong before a command began: it is not known (any more), say."""
        cause = error.original if isinstance(error, app_commands.CommandInvokeError) else error
        await acknowledging.refuse(interaction, failures.sentence(cause))
