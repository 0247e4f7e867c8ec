"""Saves that were made by reaction while nobody listened."""

from dataclasses import replace
from logging import getLogger

import discord

from bots.discord import api_errors, context, find_message
from bots.discord.cards import SAVE
from bots.discord.surface import Host
from core import errors
from core.messages import Shown
from core.people import Actor, Place

log = getLogger(__name__)


async def reconcile(host: Host) -> None:
    """Read the reactions on the last day's cards, one after the other: discord.py keeps to Discord's limits.

    Each counts once: one that was heard when it was made, or read before, brings nothing back that was deleted since.
    """
    desk = host.surface.desk
    try:
        for shown in await desk.showing.recent(host.surface.application):
            await _read(host, shown)
    except errors.DatabaseUnavailable as error:
        log.warning("saves that were made meanwhile are not read: %s", error.detail)
    except Exception:
        log.exception("saves that were made meanwhile are not read")


async def _read(host: Host, shown: Shown) -> None:
    message = await find_message.fetch(host, shown.posted)
    if message is None:
        return
    guild = message.guild.id if message.guild else None
    place = context.place(host.application_id, guild, message.channel, message.channel.id)
    place = replace(place, channel=shown.posted.channel, thread=shown.posted.thread or place.thread)
    for reaction in message.reactions:
        if str(reaction.emoji) == SAVE and reaction.count > int(reaction.me):
            await _save(host, place, shown, reaction)


async def _save(host: Host, place: Place, shown: Shown, reaction: discord.Reaction) -> None:
    try:
        savers = [user async for user in reaction.users() if not user.bot]
    except api_errors.FAILURES as error:
        log.info("who saved %s is not known: %s", shown.ref, error)
        return
    for saver in savers:
        try:
            await host.surface.desk.reacting.catch_up(Actor(context.person(saver), place), shown)
        except errors.DatabaseUnavailable:
            raise
        except errors.KickbotError as error:
            log.info("%s is not saved for %s: %s", shown.ref, saver.id, error)
