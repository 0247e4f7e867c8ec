"""`/kicksettings`: what those who manage a server set for it."""

import discord
from discord import app_commands

from bots.discord import acknowledging, surface, where
from bots.discord.surface import Interaction
from core.rules import Rules

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
        """Tell the rules."""
        async with acknowledging.listening(interaction):
            await acknowledging.acknowledge(interaction, private=True)
            await _tell(interaction, await surface.of(interaction).places.rules(where.actor(interaction).place))

    @app_commands.command(description="Answer in this channel; in others only if they are allowed too")
    @app_commands.describe(channel="The channel; its threads belong to it")
    async def allow(self, interaction: Interaction, channel: Channel) -> None:
        """Allow a channel."""
        await _set_channel(interaction, channel, allowed=True)

    @app_commands.command(description="Answer in this channel no more; with none left, Kickbot answers everywhere")
    @app_commands.describe(channel="The channel; its threads belong to it")
    async def disallow(self, interaction: Interaction, channel: Channel) -> None:
        """Take a channel off the list."""
        await _set_channel(interaction, channel, allowed=False)

    @app_commands.command(description="Answer in every channel")
    async def everywhere(self, interaction: Interaction) -> None:
        """Lift the list."""
        async with acknowledging.listening(interaction):
            await acknowledging.acknowledge(interaction, private=True)
            await _tell(interaction, await surface.of(interaction).places.open_everywhere(where.actor(interaction)))

    @app_commands.command(description="How many kicks all together may make here in a day")
    @app_commands.describe(kicks="How many; none for as many as each may make")
    async def limit(self, interaction: Interaction, kicks: app_commands.Range[int, 1, 1_000_000] | None = None) -> None:
        """Set or lift the daily limit."""
        async with acknowledging.listening(interaction):
            await acknowledging.acknowledge(interaction, private=True)
            await _tell(interaction, await surface.of(interaction).places.set_limit(where.actor(interaction), kicks))


async def _set_channel(interaction: Interaction, channel: Channel, *, allowed: bool) -> None:
    async with acknowledging.listening(interaction):
        await acknowledging.acknowledge(interaction, private=True)
        places, actor = surface.of(interaction).places, where.actor(interaction)
        await _tell(interaction, await places.set_channel(actor, str(channel.id), allowed=allowed))


async def _tell(interaction: Interaction, rules: Rules) -> None:
    channels = ", ".join(f"<#{number}>" for number in sorted(rules.channels)) or "every channel"
    limit = f"{rules.daily_limit} a day, all together" if rules.daily_limit else "as many as each may make"
    await interaction.edit_original_response(
        content=f"Kickbot answers in {channels}.\nKicks: {limit}.", allowed_mentions=discord.AllowedMentions.none()
    )
