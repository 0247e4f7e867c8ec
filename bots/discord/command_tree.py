"""All commands of the application."""

from typing import Any

import discord
from discord import app_commands

from bots.chat import error_text
from bots.discord import acknowledgement, kick_command, other_commands
from bots.discord.account_commands import Account
from bots.discord.preset_commands import Presets
from bots.discord.settings_commands import Settings
from bots.discord.surface import Interaction
from core import errors

INSTALLS = app_commands.AppInstallationType(guild=True, user=True)
CONTEXTS = app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True)


class OutdatedCommand(errors.KickbotError):
    """This command has changed since your Discord was started. Reload it (Ctrl+R) and try again."""


class Tree(app_commands.CommandTree[Any]):
    """Commands for servers and for users, in servers, threads and conversations."""

    def __init__(self, client: discord.Client, setting: str) -> None:
        """`/kick` is called as `setting` says. Raises `errors.BadSetting` where Discord takes no such name."""
        super().__init__(client, allowed_installs=INSTALLS, allowed_contexts=CONTEXTS)
        self.kick = name = setting.strip().removeprefix("/").lower()
        for command in (
            other_commands.kicks(),
            other_commands.save(),
            other_commands.help(),
            Presets(),
            Account(),
            Settings(),
        ):
            self.add_command(command)
        try:
            self.add_command(kick_command.command(name))
        except (ValueError, app_commands.CommandAlreadyRegistered):
            problem = f'"{name}" is taken, or no name that Discord allows: up to 32 small letters, digits, - and _'
            raise errors.BadSetting(name="DISCORD_COMMAND", problem=problem) from None

    async def on_error(self, interaction: Interaction, error: app_commands.AppCommandError, /) -> None:
        """Tell whoever asked, also of what went wrong before a command began."""
        await acknowledgement.refuse(interaction, error_text.sentence(_cause(error)))


def _cause(error: app_commands.AppCommandError) -> Exception:
    match error:
        case app_commands.CommandInvokeError():
            return error.original
        case app_commands.CommandNotFound() | app_commands.CommandSignatureMismatch():
            return OutdatedCommand(detail=str(error))
        case _:
            return error
