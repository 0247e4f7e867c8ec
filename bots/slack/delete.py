"""Deleting what a message shows, by its button or by ❌."""

from bots.slack.requests import Asked
from bots.slack.surface import Surface
from core import errors
from core.answers import replies
from core.answers.commands import Invocation
from core.people import Actor
from core.refs import Ref


async def delete(here: Surface, actor: Actor, invocation: Invocation, message: str | None) -> replies.Reply:
    """Delete it; a moderator takes down the message alone where it shows another's.

    Raises `errors.NotYours`, and what `Library.delete` and `Presets.delete` do.
    """
    try:
        return await here.desk.answer(actor, invocation)
    except errors.NoSuchTake:
        if message is None:
            raise
        return await here.desk.library.take_down(actor, message)


async def shown(here: Surface, asked: Asked) -> Ref:
    """What the message shows. Raises `errors.NoSuchTake`."""
    ref = await here.desk.showing.shown(asked.place, asked.message or "")
    if ref is None:
        raise errors.NoSuchTake
    return ref
