"""Reactions on Discord that were made, or taken away, while nobody listened."""

from collections.abc import AsyncIterator, Collection, Sequence
from dataclasses import replace
from functools import partial
from logging import getLogger

import discord

from bots.discord import api_errors, context, render
from bots.discord.attachments import Payload
from bots.discord.cards import SAVE
from bots.discord.reactions import DELETE
from bots.discord.surface import Host
from core.answers import replies
from core.chat.reactions import Standing
from core.messages import Posted, Shown
from core.people import Actor, Place

log = getLogger(__name__)

PAGE = 100
"""Messages that one request brings, at most."""

Messages = dict[int, Shown]
"""What messages of one channel show."""


async def reconcile(host: Host, shards: Collection[int]) -> None:
    """Read the reactions on the last day's cards in what these shards serve."""
    read, ask = partial(_read, host, shards), partial(_ask, host)
    await host.surface.reactions.catch_up([host.surface.application], read, ask)


async def _read(host: Host, shards: Collection[int], recent: Sequence[Shown]) -> AsyncIterator[Standing]:
    """Channel after channel: discord.py keeps to Discord's limits. What is out of reach is not asked for."""
    channels: dict[int, Messages] = {}
    for one in recent:
        channels.setdefault(int(one.posted.thread or one.posted.channel), {})[int(one.posted.message)] = one
    for number, shown in channels.items():
        [posted, *_] = (one.posted for one in shown.values())
        if _reaches(host, shards, posted):
            for standing in await _in_channel(host, number, shown):
                yield standing


def _reaches(host: Host, shards: Collection[int], posted: Posted) -> bool:
    """Whether messages there can be read, by one of these shards. Direct messages are the first one's."""
    channel = host.get_channel(int(posted.channel))
    if not isinstance(channel, discord.abc.GuildChannel):
        return 0 in shards and posted.thread is None
    allowed = host.surface.api.permissions(channel.guild.me, posted.channel)
    return channel.guild.shard_id in shards and allowed.view_channel and allowed.read_message_history


async def _in_channel(host: Host, number: int, shown: Messages) -> list[Standing]:
    """What stands below the messages of the channel that are still there."""
    known = host.get_channel(number)
    channel = known if isinstance(known, discord.abc.Messageable) else host.get_partial_messageable(number)
    try:
        return [await _standing(host, message, shown[message.id]) async for message in _messages(channel, shown)]
    except api_errors.FAILURES as error:
        log.info("reactions in channel %s are not read: %s", number, error)
        return []


async def _messages(channel: discord.abc.Messageable, wanted: Collection[int]) -> AsyncIterator[discord.Message]:
    """Those of the messages that are there: a page from the newest on, and from each that was on no page yet."""
    left = sorted(wanted)
    while left:
        before = discord.Object(left[-1] + 1)
        page = [message async for message in channel.history(limit=PAGE, before=before)]
        for message in page:
            if message.id in wanted:
                yield message
        oldest = page[-1].id if len(page) == PAGE else 0
        left = [number for number in left if number < oldest]


async def _standing(host: Host, message: discord.Message, shown: Shown) -> Standing:
    guild = message.guild
    place = context.place(host.application_id, guild.id if guild else None, message.channel, message.channel.id)
    place = replace(place, channel=shown.posted.channel, thread=shown.posted.thread)
    saves = [Actor(context.person(user), place) for user in await _users(message, SAVE)]
    deletions = [await _deleter(host, user, place) for user in await _users(message, DELETE)]
    return Standing(shown, place, tuple(saves), tuple(deletions))


async def _users(message: discord.Message, emoji: str) -> list[discord.User | discord.Member]:
    """Who has reacted so, but for bots. What is the bot's alone is not asked for."""
    return [
        user
        for reaction in message.reactions
        if str(reaction.emoji) == emoji and reaction.count > int(reaction.me)
        async for user in reaction.users()
        if not user.bot
    ]


async def _deleter(host: Host, user: discord.User | discord.Member, place: Place) -> Actor:
    """Whoever wants it deleted, with what they may do there: somebody who has left may do nothing."""
    guild = host.get_guild(int(place.id)) if place.id else None
    moderator = False
    if guild is not None:
        try:
            member = await guild.fetch_member(user.id)
            moderator = host.surface.api.permissions(member, place.channel).manage_messages
        except discord.NotFound:
            pass
    return Actor(context.person(user), place, moderator=moderator)


async def _ask(host: Host, actor: Actor, question: replies.Question) -> None:
    """Ask directly: whoever has reacted may be anywhere by now."""
    here = host.surface
    await here.messenger.write(actor.person.id, Payload(render.message(here.markup, question)))
