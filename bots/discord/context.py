"""Who speaks, and where, from what Discord tells."""

from typing import Any

import discord

from bots.discord.platform import PLATFORM
from core.people import Actor, Person, Place


def application(number: int | None) -> str:
    """The name of a bot application among all places."""
    return f"{PLATFORM}:{number}"


def person(user: discord.User | discord.Member) -> Person:
    """The person that a user is."""
    return Person(PLATFORM, "", str(user.id), user.display_name)


def place(of: int | None, guild: int | None, channel: object, number: int | None) -> Place:
    """The place of the channel with that number; a thread belongs to its channel."""
    parent = channel.parent_id if isinstance(channel, discord.Thread) else None
    return Place(
        application=application(of),
        platform=PLATFORM,
        id=str(guild or ""),
        channel=str(parent or number),
        thread=str(number) if parent else None,
        private=guild is None,
    )


def actor(interaction: discord.Interaction[Any]) -> Actor:
    """Who uses a command or presses a button."""
    allowed = interaction.permissions if interaction.guild_id else discord.Permissions.none()
    return Actor(
        person=person(interaction.user),
        place=place(interaction.application_id, interaction.guild_id, interaction.channel, interaction.channel_id),
        moderator=allowed.manage_messages,
        admin=allowed.manage_guild,
    )


def among_others(interaction: discord.Interaction[Any]) -> bool:
    """Whether it is a conversation without the bot: a user has installed it and uses it there."""
    return bool(interaction.context.private_channel)
