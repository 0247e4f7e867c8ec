"""What the parts of this surface share, and where a listener finds it."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

import discord

from bots.chat.deliveries import Deliveries
from bots.chat.leftovers import Leftovers
from bots.chat.notifications import Notifications
from bots.chat.wording import Markup
from bots.discord.api import Api
from bots.discord.autocomplete import Autocomplete
from bots.discord.messenger import DiscordMessenger
from bots.discord.save_counts import SaveCounts
from core.chat.services import Services

Interaction = discord.Interaction[Any]


@dataclass(slots=True)
class Surface(Services):
    """Kickbot on Discord, as one bot application: the services, and what is Discord's own.

    `closing` is set when no new work is taken; `answering` are the commands and presses that are being answered.
    """

    application: str
    api: Api
    markup: Markup
    messenger: DiscordMessenger
    notifications: Notifications
    autocomplete: Autocomplete
    save_counts: SaveCounts
    deliveries: Deliveries
    leftovers: Leftovers
    closing: asyncio.Event = field(default_factory=asyncio.Event)
    answering: set[asyncio.Task[object]] = field(default_factory=set)


class Host(discord.AutoShardedClient):
    """A client that has its surface from `setup_hook` on."""

    surface: Surface


def from_interaction(interaction: Interaction) -> Surface:
    """The surface at which the interaction arrived."""
    host = interaction.client
    if not isinstance(host, Host):
        raise TypeError(f"{type(host).__name__} is no host of this surface")
    return host.surface
