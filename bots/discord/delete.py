"""Deleting what a card shows, by its button or by ❌."""

from bots.discord import find_message
from bots.discord.surface import Surface
from core import errors
from core.answers import replies
from core.chat.removals import Removal
from core.messages import Posted
from core.people import Actor


async def delete(here: Surface, actor: Actor, which: str, message: int) -> replies.Deleted | replies.Question:
    """Delete what the message shows; a moderator takes down the message alone where it shows another's.

    Raises `errors.NotYours`, and what `Library.delete` does.
    """
    try:
        return await here.desk.library.delete(actor, which)
    except errors.NoSuchTake:
        return await here.desk.library.take_down(actor, str(message))


async def remove(here: Surface, posted: Posted) -> Removal:
    """Remove a message that showed what is gone; one of another application is not ours to remove."""
    if posted.application != here.application:
        return Removal.LATER
    return await find_message.delete(here.messenger.ways.client, posted)
