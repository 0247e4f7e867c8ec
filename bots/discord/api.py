"""The ways in which a message gets to Discord, is found there and goes."""

from dataclasses import dataclass, field

import discord

from bots.discord import api_errors
from bots.discord.api_errors import ErrorKind
from bots.discord.attachments import Payload
from bots.discord.open_tokens import OpenTokens
from core.chat.removals import Removal
from core.jobs import Address
from core.messages import Posted
from core.people import Place


@dataclass(slots=True)
class Api:
    """Sends and edits as one client. What sends raises what Discord answers: see `api_errors.classify`."""

    client: discord.AutoShardedClient
    tokens: OpenTokens = field(default_factory=OpenTokens)

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
        if place.outside:
            return False
        return place.private or self.client.get_guild(int(place.id)) is not None

    def may_react(self, place: Place) -> bool:
        """Whether the bot may put a reaction there; a refused request would count against it."""
        if not place.id:
            return self.reaches(place)
        guild = self.client.get_guild(int(place.id))
        if guild is None:
            return False
        allowed = self.permissions(guild.me, place.channel)
        return allowed.add_reactions and allowed.read_message_history and allowed.view_channel

    def permissions(self, member: discord.Member, number: str) -> discord.Permissions:
        """What the member may do in that channel and in its threads: nothing where it is not known."""
        channel = member.guild.get_channel(int(number))
        return channel.permissions_for(member) if channel is not None else discord.Permissions.none()

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
        """Delete the message; one that is gone, or whose channel is, is done with.

        Where the bot is no member, only a token that is still good reaches it.
        """
        token = self.tokens.of(posted.message)
        if posted.outside and token is None:
            return Removal.REFUSED
        try:
            if token is not None:
                await self.followup(token).delete_message(int(posted.message))
            else:
                await self.message(posted).delete()
        except api_errors.FAILURES as error:
            if api_errors.classify(error) is ErrorKind.LATER:
                return Removal.LATER
            gone = api_errors.classify(error) is ErrorKind.GONE or api_errors.closed(error)
            return Removal.DONE if gone else Removal.REFUSED
        return Removal.DONE

    def message(self, posted: Posted) -> discord.PartialMessage:
        """The message in its channel, or in its thread: a post in a forum is one too."""
        number = int(posted.thread or posted.channel)
        known = self.client.get_channel(number)
        channel = known if isinstance(known, discord.Thread) else self.client.get_partial_messageable(number)
        return channel.get_partial_message(int(posted.message))
