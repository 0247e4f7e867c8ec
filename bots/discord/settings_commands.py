"""`/kicksettings`: what those who manage a server set for it."""

import discord
from discord import app_commands

from bots.discord import interactions
from bots.discord.surface import Interaction
from core.answers.commands import Invocation
from core.chat.place_settings import MOST_A_DAY

Channel = discord.TextChannel | discord.VoiceChannel | discord.StageChannel | discord.ForumChannel


class Settings(app_commands.Group):
    """`/kicksettings`, which Discord shows to those who manage the server."""

    def __init__(self) -> None:
        super().__init__(
            name="kicksettings",
            description="Where Kickbot answers in this server, and how much a day",
            guild_only=True,
            default_permissions=discord.Permissions(manage_guild=True),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
            allowed_contexts=app_commands.AppCommandContext(guild=True),
        )

    @app_commands.command(description="What is set")
    async def show(self, interaction: Interaction) -> None:
        """Tell the settings."""
        await interactions.answer(interaction, Invocation("settings"))

    @app_commands.command(description="Answer in this channel; in others only if they are allowed too")
    @app_commands.describe(channel="The channel; its threads belong to it")
    async def allow(self, interaction: Interaction, channel: Channel) -> None:
        """Allow a channel."""
        await interactions.answer(interaction, Invocation("settings", f"channel {channel.id} on"))

    @app_commands.command(description="Stop answering in this channel; with none left, Kickbot answers everywhere")
    @app_commands.describe(channel="The channel; its threads belong to it")
    async def disallow(self, interaction: Interaction, channel: Channel) -> None:
        """Take a channel off the list."""
        await interactions.answer(interaction, Invocation("settings", f"channel {channel.id} off"))

    @app_commands.command(description="Answer in every channel")
    async def everywhere(self, interaction: Interaction) -> None:
        """Lift the list."""
        await interactions.answer(interaction, Invocation("settings", "everywhere"))

    @app_commands.command(description="How many kicks all together may make here in a day")
    @app_commands.describe(kicks="How many; none for as many as each may make")
    async def limit(
        self, interaction: Interaction, kicks: app_commands.Range[int, 1, MOST_A_DAY] | None = None
    ) -> None:
        """Set or lift the daily limit."""
        await interactions.answer(interaction, Invocation("settings", f"limit {kicks or 'off'}"))
