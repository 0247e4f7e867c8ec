"""The ways in which a message gets to Discord, is found there and goes."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import discord

from bots.discord import api_errors
from bots.discord.api_errors import ErrorKind
from bots.discord.attachments import Payload
from core.chat.removals import Removal
from core.jobs import Address
from core.messages import Posted
from core.people import Place


@dataclass(frozen=True, slots=True)
class Api:
    """Sends and edits as one client. What sends raises what Discord answers: see `api_errors.classify`.

    `outside` are conversations among others, in which the bot is no member but speaks for one who has installed it.
    """

    client: discord.AutoShardedClient
    outside: set[str] = field(default_factory=set)

    def followup(self, token: str) -> discord.Webhook:
        """What answers the interaction with that token, for 15 minutes."""
        webhook = discord.Webhook.partial(self.client.application_id or 0, token, client=self.client)
        webhook.type = discord.WebhookType.application
        return webhook

    def channel(self, place: Place) -> discord.PartialMessageable:
        """The channel or thread of the place."""
        guild = int(place.id) if place.id else None
        return self.client.get_partial_messageable(int(place.thread or place.channel), guild_id=guild)

    def reaches(self, place: Place) -> bool:
        """Whether the bot itself is there; an app that only its user has installed speaks by interactions alone."""
        if not place.id:
            return place.private and place.channel not in self.outside
        return self.client.get_guild(int(place.id)) is not None

    def may_react(self, place: Place) -> bool:
        """Whether the bot may put a reaction there; a refused request would count against it."""
        if not place.id:
            return self.reaches(place)
        guild, number = self.client.get_guild(int(place.id)), int(place.thread or place.channel)
        channel = guild.get_channel_or_thread(number) if guild else None
        if guild is None or channel is None:
            return False
        allowed = channel.permissions_for(guild.me)
        return allowed.add_reactions and allowed.read_message_history and allowed.view_channel

    async def edit_by_token(self, address: Address, payload: Payload) -> int:
        """Edit the placeholder as the interaction's answer, or answer anew where there is none."""
        followup = self.followup(address.token or "")
        if address.placeholder:
            return (await followup.edit_message(int(address.placeholder), **payload.edit())).id
        return (await followup.send(wait=True, **payload.send())).id

    async def edit_in_channel(self, address: Address, payload: Payload) -> int:
        """Edit the placeholder as a message of the bot."""
        placeholder = self.channel(address.place).get_partial_message(int(address.placeholder or 0))
        return (await placeholder.edit(**payload.edit())).id

    async def post(self, address: Address, payload: Payload, nonce: str) -> int:
        """Post a new message. Discord takes a nonce once, so that a try after an unclear answer doubles nothing."""
        return (await self.channel(address.place).send(nonce=nonce, **payload.send())).id

    async def write(self, user: str, payload: Payload) -> int:
        """Write to somebody directly."""
        conversation = await self.client.create_dm(discord.Object(int(user)))
        return (await conversation.send(**payload.send())).id

    async def delete(self, posted: Posted) -> Removal:
        """Delete the message; one that is gone, or whose channel is, is done with."""
        for message in self._candidates(posted):
            try:
                await message.delete()
            except api_errors.FAILURES as error:
                if api_errors.classify(error) is ErrorKind.LATER:
                    return Removal.LATER
                if api_errors.classify(error) is not ErrorKind.GONE and not api_errors.closed(error):
                    return Removal.REFUSED
            else:
                return Removal.DONE
        return Removal.DONE

    async def fetch(self, posted: Posted) -> discord.Message | None:
        """The message as it is now; None where it is gone or out of reach."""
        for message in self._candidates(posted):
            try:
                return await message.fetch()
            except api_errors.FAILURES as error:
                if api_errors.classify(error) is not ErrorKind.GONE:
                    return None
        return None

    def _candidates(self, posted: Posted) -> Iterator[discord.PartialMessage]:
        """The message in its thread, for it is recorded under its channel too where it stands in a thread of that.

        Where it is not known whether it was in one: in the channel, then in each thread that was begun before it and
        went on after it.
        """
        number, message = int(posted.channel), int(posted.message)
        if posted.thread is not None:
            inside = int(posted.thread)
            known = self.client.get_channel(inside)
            thread = known if isinstance(known, discord.Thread) else self.client.get_partial_messageable(inside)
            yield thread.get_partial_message(message)
            return
        channel = self.client.get_channel(number)
        yield self.client.get_partial_messageable(number).get_partial_message(message)
        if isinstance(channel, discord.TextChannel | discord.ForumChannel):
            for begun in channel.threads:
                if begun.id <= message <= (begun.last_message_id or message):
                    yield begun.get_partial_message(message)
