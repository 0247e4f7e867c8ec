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


def place(of: int | None, guild: int | None, channel: object, number: int | None, *, outside: bool = False) -> Place:
    """The place of the channel with that number; a thread belongs to its channel."""
    parent = channel.parent_id if isinstance(channel, discord.Thread) else None
    return Place(
        application=application(of),
        platform=PLATFORM,
        id=str(guild or ""),
        channel=str(parent or number),
        thread=str(number) if parent else None,
        private=guild is None,
        outside=outside,
    )


def actor(interaction: discord.Interaction[Any]) -> Actor:
    """Who uses a command or presses a button."""
    guild, channel = interaction.guild_id, interaction.channel
    allowed = interaction.permissions if guild else discord.Permissions.none()
    return Actor(
        person=person(interaction.user),
        place=place(interaction.application_id, guild, channel, interaction.channel_id, outside=_outside(interaction)),
        moderator=allowed.manage_messages,
        admin=allowed.manage_guild,
    )


def _outside(interaction: discord.Interaction[Any]) -> bool:
    """Whether the bot is no member there: a conversation among others, or a server that has not installed the app."""
    if interaction.guild_id is None:
        return bool(interaction.context.private_channel)
    return interaction.is_user_integration() and not interaction.is_guild_integration()


def asked_for(message: discord.Message | None, user: int) -> bool:
    """Whether the message answers a command or a press of that user."""
    asked = message.interaction_metadata if message is not None else None
    return asked is not None and asked.user.id == user
