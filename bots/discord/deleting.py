"""Deleting what a card shows, by its button or by ❌."""

from collections.abc import Iterable

from bots.discord import finding
from bots.discord.surface import Surface
from core import errors, replies
from core.messages import Posted
from core.people import Actor

TAKEN_DOWN = "The card is taken down. The kick is still its maker's."


async def delete(here: Surface, actor: Actor, which: str, message: int) -> replies.Deleted | replies.Question:
    """Delete what the message shows; a moderator takes down the message alone where it shows another's.

    Raises `errors.NotYours`, and what `Library.delete` does.
    """
    try:
        return await here.desk.library.delete(actor, which)
    except errors.NoSuchTake:
        if await here.desk.showing.shown(actor.place, str(message)) is None:
            raise
    if not actor.moderator:
        raise errors.NotYours
    place = actor.place
    return replies.Deleted(TAKEN_DOWN, (Posted(place.application, place.channel, str(message)),))


async def take_down(here: Surface, posted: Iterable[Posted]) -> None:
    """Delete messages that showed what is gone; those of another application are not ours to delete."""
    for message in posted:
        if message.application == here.application:
            await finding.delete(here.messenger.ways.client, message)
