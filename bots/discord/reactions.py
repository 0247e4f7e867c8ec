"""💾 saves, taken away it undoes that, ❌ deletes: on messages of any age."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import discord

from bots.chat import error_text, wording
from bots.discord import api_errors, context, render
from bots.discord.attachments import Payload
from bots.discord.cards import SAVE
from bots.discord.message import Message
from bots.discord.platform import PLATFORM
from bots.discord.surface import Host
from core import errors
from core.people import Actor, Person, Place
from core.refs import Ref

DELETE = "❌"

SHOWN_FOR = 15.0
"""Seconds that an answer stays in the channel; a question stays four times as long."""

Event = discord.RawReactionActionEvent


async def added(host: Host, event: Event) -> None:
    """Save or delete what the message shows. Other emoji, other authors' messages and bots cost no query."""
    emoji = str(event.emoji)
    if emoji not in (SAVE, DELETE) or event.message_author_id not in (None, _me(host)) or _by_bot(host, event):
        return
    ref = await _shown(host, event)
    if ref is None:
        return
    async with _telling(host, event):
        user = event.member or host.get_user(event.user_id) or await host.fetch_user(event.user_id)
        actor = Actor(context.person(user), _place(host, event), moderator=_moderates(host, event))
        if emoji == SAVE:
            saved = await host.surface.desk.reacting.save(actor, ref, str(event.message_id))
            await _tell(host, event, render.message(host.surface.messenger.markup, saved))
        else:
            await _delete(host, event, actor, ref)


async def removed(host: Host, event: Event) -> None:
    """Take a save back. Discord does not tell here whose message it is: that costs one query."""
    if str(event.emoji) != SAVE or _by_bot(host, event):
        return
    ref = await _shown(host, event)
    if ref is None:
        return
    async with _telling(host, event):
        actor = Actor(Person(PLATFORM, "", str(event.user_id), ""), _place(host, event))
        notice = await host.surface.desk.reacting.take_back(actor, ref, str(event.message_id))
        if notice.kind != "nothing":
            await _tell(host, event, render.message(host.surface.messenger.markup, notice))


async def _shown(host: Host, event: Event) -> Ref | None:
    """What the message shows, if it is one of ours. Where that cannot be found out below others', nobody is told."""
    try:
        return await host.surface.desk.showing.shown(_place(host, event), str(event.message_id))
    except Exception as error:
        sentence = error_text.sentence(error)
        if event.message_author_id == _me(host):
            await _tell(host, event, Message(wording.said(host.surface.messenger.markup, sentence)))
        return None


@asynccontextmanager
async def _telling(host: Host, event: Event) -> AsyncIterator[None]:
    """Whatever goes wrong inside is told to whoever reacted."""
    try:
        yield
    except Exception as error:
        await _tell(host, event, Message(wording.said(host.surface.messenger.markup, error_text.sentence(error))))


def _place(host: Host, event: Event) -> Place:
    return context.place(host.application_id, event.guild_id, host.get_channel(event.channel_id), event.channel_id)


def _moderates(host: Host, event: Event) -> bool:
    channel = host.get_channel(event.channel_id)
    if event.member is None or not isinstance(channel, discord.abc.GuildChannel | discord.Thread):
        return False
    return channel.permissions_for(event.member).manage_messages


async def _delete(host: Host, event: Event, actor: Actor, ref: Ref) -> None:
    """Delete it, or ask first. Nobody is told that it is not theirs: people put ❌ below what they do not like."""
    try:
        reply = await host.surface.desk.library.delete_shown(actor, str(ref), str(event.message_id))
    except errors.NotYours:
        return
    await _tell(host, event, render.message(host.surface.messenger.markup, reply))


async def _tell(host: Host, event: Event, message: Message) -> None:
    """As private as can be: in the channel for a moment, without a ping; directly where that is not allowed."""
    shown_for = SHOWN_FOR * (4 if message.buttons else 1)
    named = Payload(Message(f"<@{event.user_id}> {message.text}", buttons=message.buttons))
    try:
        await host.surface.messenger.api.channel(_place(host, event)).send(delete_after=shown_for, **named.send())
    except api_errors.FAILURES:
        await host.surface.messenger.write(str(event.user_id), Payload(message))


def _me(host: Host) -> int | None:
    return host.user.id if host.user else None


def _by_bot(host: Host, event: Event) -> bool:
    return event.user_id == _me(host) or (event.member is not None and event.member.bot)
