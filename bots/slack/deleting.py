"""Deleting what a message shows, by its button or by ❌."""

from bots.slack.asked import Asked
from bots.slack.surface import Surface
from core import errors, replies
from core.commands import Invocation
from core.messages import Posted
from core.people import Actor
from core.refs import Ref

TAKEN_DOWN = "The card is taken down. The kick is still its maker's."


async def delete(here: Surface, actor: Actor, invocation: Invocation, message: str | None) -> replies.Reply:
    """Delete it; a moderator takes down the message alone where it shows another's.

    Raises `errors.NotYours`, and what `Library.delete` and `Presets.delete` do.
    """
    try:
        return await here.desk.answer(actor, invocation)
    except errors.NoSuchTake:
        if message is None or await here.desk.showing.shown(actor.place, message) is None:
            raise
    if not actor.moderator:
        raise errors.NotYours
    place = actor.place
    return replies.Deleted(TAKEN_DOWN, (Posted(place.application, place.channel, message),))


async def shown(here: Surface, asked: Asked) -> Ref:
    """What the message shows. Raises `errors.NoSuchTake`."""
    ref = await here.desk.showing.shown(asked.place, asked.message or "")
    if ref is None:
        raise errors.NoSuchTake
    return ref
