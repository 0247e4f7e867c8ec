"""The client: what it listens to, and what it does on the way from login to good-bye."""

import asyncio
from contextlib import suppress

import discord

from bots.chat.actions import How
from bots.chat.background import Background
from bots.chat.deliveries import Deliveries
from bots.chat.delivery import Delivery
from bots.chat.leftovers import Leftovers, Served
from bots.chat.notifications import Notifications
from bots.discord import buttons, catching_up, context, interactions, kick_command, reactions
from bots.discord.api import Api
from bots.discord.attachments import Payload
from bots.discord.autocomplete import Autocomplete
from bots.discord.command_tree import Tree
from bots.discord.markup import DiscordMarkup
from bots.discord.message import Message
from bots.discord.messenger import DiscordMessenger
from bots.discord.platform import PLATFORM
from bots.discord.save_counts import SaveCounts
from bots.discord.surface import Host, Interaction, Surface
from core import errors
from core.answers.commands import Invocation
from core.chat.removals import Removal
from core.chat.services import Services
from core.identities import PendingNotification
from core.messages import Posted
from core.refs import Ref

LISTENS_TO = discord.Intents(guilds=True, guild_reactions=True, dm_reactions=True)

RECONCILED_EVERY = 60.0
"""Seconds from one reading of the last day's reactions to the next, at least: it takes requests for each channel."""


class KickbotClient(Host):
    """Kickbot's connection to Discord. It keeps no members and no messages: nothing here needs them."""

    def __init__(self, services: Services, notifications: Notifications, command: str) -> None:
        super().__init__(
            intents=LISTENS_TO,
            allowed_mentions=discord.AllowedMentions.none(),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
        )
        self.tree = Tree(self, command)
        self._services = services
        self._notifications = notifications
        self._background = Background()
        self._unread: set[int] = set()
        self._reading = False
        self.add_dynamic_items(buttons.CommandButton, buttons.AgainButton)

    async def setup_hook(self) -> None:
        """Put the surface together: only now is it known which application this is."""
        services, notifications = self._services, self._notifications
        api, markup = Api(self), DiscordMarkup(self.tree.kick)
        messenger = DiscordMessenger(api, services.files, markup)
        deliveries = Deliveries(services.studio, Delivery(services.studio, services.desk.card, messenger))
        self.surface = Surface(
            **services.each(),
            application=context.application(self.application_id),
            api=api,
            markup=markup,
            messenger=messenger,
            notifications=notifications,
            autocomplete=Autocomplete(services.engine),
            save_counts=SaveCounts(api, services.showing),
            deliveries=deliveries,
            leftovers=Leftovers(PLATFORM, self._served, deliveries, services.removals, notifications),
        )
        notifications.carriers[PLATFORM] = self._carry
        services.removals.removers[PLATFORM] = self._remove
        self._background.start(self.surface.autocomplete.keep())
        self._background.start(self._attend_leftovers())

    async def leave(self, seconds: float) -> None:
        """Take no new work, give what is running `seconds` to be posted, leave the rest to the next process."""
        if self._background.running:
            self.surface.closing.set()
            await self._background.close(0)
            if self.surface.answering:
                await asyncio.wait(set(self.surface.answering), timeout=seconds)
            await self.surface.deliveries.close(seconds)
            await self.surface.save_counts.background.close(0)
        await self.close()

    async def on_shard_ready(self, shard: int) -> None:
        """A session of that shard begins: the first, or one after Discord has dropped what happened meanwhile.

        Where a session goes on, Discord tells what was missed.
        """
        self._unread.add(shard)
        if not self._reading and not self.surface.closing.is_set():
            self._reading = True
            self._background.start(self._reconcile())

    async def on_raw_reaction_add(self, event: discord.RawReactionActionEvent) -> None:
        """Discord tells of a reaction."""
        if not self.surface.closing.is_set():
            await reactions.added(self, event)

    async def on_raw_reaction_remove(self, event: discord.RawReactionActionEvent) -> None:
        """Discord tells of a reaction that was taken away."""
        if not self.surface.closing.is_set():
            await reactions.taken_away(self, event)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """The bot was added to a server."""
        await self.surface.sharing.back(PLATFORM, [str(guild.id)])

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """The bot was removed from a server."""
        await self.surface.sharing.left(PLATFORM, str(guild.id))

    async def pressed(self, interaction: Interaction, does: Invocation, how: How) -> None:
        """See `buttons.Presses`."""
        await interactions.pressed(interaction, does, how)

    async def pressed_again(self, interaction: Interaction, take: Ref) -> None:
        """See `buttons.Presses`."""
        await kick_command.again(interaction, take)

    async def _carry(self, notification: PendingNotification) -> bool:
        """Bring a notification to somebody on Discord; False where that is not possible now."""
        text = self.surface.markup.text(notification.text)
        return await self.surface.messenger.write(notification.to.id, Payload(Message(text)))

    async def _remove(self, posted: Posted) -> Removal:
        """Remove a message that showed what is gone; one of another application is not ours to remove."""
        if posted.application != self.surface.application:
            return Removal.LATER
        return await self.surface.api.delete(posted)

    async def _attend_leftovers(self) -> None:
        """Go on with what was left, once it is known which servers there are."""
        await self.wait_until_ready()
        await self.surface.leftovers.attend()

    async def _served(self) -> list[Served]:
        return [Served(self.surface.application, "")]

    async def _reconcile(self) -> None:
        """Read the reactions that no session has told of, never twice at once."""
        await self.wait_until_ready()
        while self._unread:
            shards, self._unread = self._unread, set()
            with suppress(errors.DatabaseUnavailable):  # Whoever is told next does it.
                await self.surface.sharing.back(PLATFORM, [str(guild.id) for guild in self.guilds])
            await catching_up.reconcile(self, shards)
            await asyncio.sleep(RECONCILED_EVERY)
        self._reading = False
