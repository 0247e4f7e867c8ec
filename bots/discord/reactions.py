"""Reactions on Discord, on messages of any age."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from logging import getLogger

import discord

from bots.chat import error_text, wording
from bots.discord import api_errors, context, render
from bots.discord.attachments import Payload
from bots.discord.cards import SAVE
from bots.discord.message import Message
from bots.discord.platform import PLATFORM
from bots.discord.surface import Host
from core.answers import replies
from core.chat.reactions import Reaction
from core.messages import Posted, Shown
from core.people import Actor, Person, Place

log = getLogger(__name__)

DELETE = "❌"

MEANT = {SAVE: Reaction.SAVE, DELETE: Reaction.DELETE}

Event = discord.RawReactionActionEvent


async def added(host: Host, event: Event) -> None:
    """Do what the reaction asks for. Other emoji, other authors' messages and bots cost no query."""
    reaction = MEANT.get(str(event.emoji))
    if reaction is None or event.message_author_id not in (None, _me(host)) or _by_bot(host, event):
        return
    shown = await _shown(host, event)
    asked = reaction is Reaction.DELETE and (shown is None or shown.ref.kind == "preset") and await _asked(host, event)
    if shown is None:
        if asked:
            await _take_down(host, event)
        return
    async with _telling(host, event):
        user = event.member or host.get_user(event.user_id) or await host.fetch_user(event.user_id)
        place = _place(host, event, shown.posted)
        actor = Actor(context.person(user), place, moderator=asked or _moderates(host, event, place))
        reply = await host.surface.reactions.added(actor, reaction, shown.ref, str(event.message_id))
        await _answer(host, event, place, reply)


async def taken_away(host: Host, event: Event) -> None:
    """Take a save back. Discord does not tell here whose message it is: that costs one query."""
    if str(event.emoji) != SAVE or _by_bot(host, event):
        return
    shown = await _shown(host, event)
    if shown is None:
        return
    async with _telling(host, event):
        place = _place(host, event, shown.posted)
        actor = Actor(Person(PLATFORM, "", str(event.user_id), ""), place)
        reply = await host.surface.reactions.taken_away(actor, shown.ref, str(event.message_id))
        await _answer(host, event, place, reply)


async def _asked(host: Host, event: Event) -> bool:
    """Whether the message is ours, and whoever reacts is the one who has asked for it: a list, or a preset."""
    if event.message_author_id != _me(host):
        return False
    try:
        message = await host.surface.api.channel(_place(host, event)).fetch_message(event.message_id)
    except api_errors.FAILURES:
        return False
    return context.asked_for(message, event.user_id)


async def _take_down(host: Host, event: Event) -> None:
    """Delete a message that shows nothing by itself, such as a list; nobody is told."""
    with suppress(*api_errors.FAILURES):
        await host.surface.api.channel(_place(host, event)).get_partial_message(event.message_id).delete()


async def _shown(host: Host, event: Event) -> Shown | None:
    """The message with what it shows, if it is one of ours. Where that is not known of another's, nobody is told."""
    try:
        return await host.surface.showing.find(_place(host, event), str(event.message_id))
    except Exception as error:
        sentence = error_text.sentence(error)
        if event.message_author_id == _me(host):
            await _tell(host, event, Message(wording.sentence(host.surface.markup, sentence)))
        return None


@asynccontextmanager
async def _telling(host: Host, event: Event) -> AsyncIterator[None]:
    """Whatever goes wrong inside is told to whoever reacted."""
    try:
        yield
    except Exception as error:
        await _tell(host, event, Message(wording.sentence(host.surface.markup, error_text.sentence(error))))


async def _answer(host: Host, event: Event, place: Place, reply: replies.Reply | None) -> None:
    """A save, and one that is taken back, the card tells of; all else whoever has reacted is told."""
    match reply:
        case None:
            return
        case replies.Saved() | replies.Notice(kind="unsaved"):
            host.surface.save_counts.change(place, str(event.message_id))
        case _:
            await _tell(host, event, render.message(host.surface.markup, reply))


async def _tell(host: Host, event: Event, message: Message) -> None:
    """Tell whoever reacted, and nobody else: directly, or not at all where they do not allow that."""
    await host.surface.messenger.write(str(event.user_id), Payload(message))


def _place(host: Host, event: Event, posted: Posted | None = None) -> Place:
    """Where it was reacted. Whose a thread is that this session was not told of, the message tells: `posted`."""
    place = context.place(host.application_id, event.guild_id, host.get_channel(event.channel_id), event.channel_id)
    return replace(place, channel=posted.channel, thread=posted.thread) if posted else place


def _moderates(host: Host, event: Event, place: Place) -> bool:
    return event.member is not None and host.surface.api.permissions(event.member, place.channel).manage_messages


def _me(host: Host) -> int | None:
    return host.user.id if host.user else None


def _by_bot(host: Host, event: Event) -> bool:
    return event.user_id == _me(host) or (event.member is not None and event.member.bot)
