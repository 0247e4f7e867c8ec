"""Does what a request asks for, and answers whom it concerns."""

from collections.abc import Awaitable
from dataclasses import replace

from bots.chat import error_text, wording
from bots.slack import api_errors, blocks, render
from bots.slack.blocks import Sheet
from bots.slack.requests import Asked
from bots.slack.surface import Surface
from core import refs
from core.answers import commands, replies
from core.answers.commands import Invocation
from core.making import prompts
from core.people import Actor
from core.refs import Ref


async def listen(here: Surface, asked: Asked, doing: Awaitable[None]) -> None:
    """Do it; what goes wrong is told to whoever asked, and to nobody else."""
    try:
        await doing
    except Exception as error:
        await tell(here, asked, blocks.told(wording.said(here.markup, error_text.sentence(error))))


async def command(here: Surface, asked: Asked) -> None:
    """Do what was typed: a first word that is no verb starts a prompt."""
    invocation = commands.parse(asked.text)
    if invocation.verb == "kick":
        await _order(here, asked, prompts.parse(invocation.rest))
    elif await _first(here, asked):
        await _answer(here, asked, invocation)


async def again(here: Surface, asked: Asked) -> None:
    """One more from the words of the take on whose card it is asked."""
    take = _ref(asked.text)
    actor = await here.directory.actor(asked)
    prompt = await here.desk.library.prompt(actor, take)
    await _order(here, asked, prompts.parse(prompt), again_of=take.id)


async def pressed(here: Surface, asked: Asked) -> None:
    """Answer a button to whoever pressed it."""
    if await _first(here, asked):
        await _answer(here, asked, commands.parse(asked.text))


async def agreed(here: Surface, asked: Asked) -> None:
    """Do what was asked about; the answer takes the question's place, so that nobody agrees twice."""
    await pressed(here, replace(asked, replaces=True))


async def turned(here: Surface, asked: Asked) -> None:
    """Put the answer in place of the message."""
    if not await _first(here, asked):
        return
    reply = await here.desk.answer(await here.directory.actor(asked), commands.parse(asked.text))
    if asked.hook is not None:
        await here.post.answer(asked.hook, render.sheet(here.markup, reply), replace=True)


async def save_shown(here: Surface, asked: Asked) -> None:
    """Save what a message shows. Raises `errors.NoSuchTake`, and what `Library.save` does."""
    if await _first(here, asked):
        ref = await here.desk.showing.required(asked.place, asked.message or "")
        await _answer(here, asked, Invocation("presets save", str(ref)))


async def tell(here: Surface, asked: Asked, sheet: Sheet) -> None:
    """Tell whoever asked, alone."""
    await here.post.tell(asked.place, asked.user, sheet, asked.hook, replace=asked.replaces)


async def _order(here: Surface, asked: Asked, request: prompts.Request, again_of: int | None = None) -> None:
    actor = await here.directory.actor(asked)
    jobs = await here.desk.studio.order(actor, request, event_id=asked.event, again_of=again_of, token=asked.hook)
    for job in jobs:
        here.deliveries.start(job)


async def _answer(here: Surface, asked: Asked, invocation: Invocation) -> None:
    actor = await here.directory.actor(asked)
    if invocation.verb == "delete":
        reply: replies.Reply = await here.desk.library.delete_shown(actor, invocation.rest, asked.message)
    else:
        reply = await here.desk.answer(actor, invocation)
    sheet = render.sheet(here.markup, reply)
    if not render.public(reply) or asked.place.private:
        await tell(here, asked, sheet)
        await here.letters.send(replies.letters(reply))
        return
    await here.desk.place_settings.check(asked.place)
    message = await _publish(here, asked, sheet)
    if message is not None and isinstance(reply, replies.Shown):
        await _show(here, actor, message, reply)


async def _publish(here: Surface, asked: Asked, sheet: Sheet) -> str | None:
    """Post it for everybody there; the message's id, None where that is not known or there was no way."""
    try:
        return await here.post.post(asked.place, sheet)
    except api_errors.FAILURES:
        if asked.hook is None:
            await tell(here, asked, sheet)
            return None
    await here.post.answer(asked.hook, sheet, public=True, thread=asked.place.thread)
    return None


async def _show(here: Surface, actor: Actor, message: str, shown: replies.Shown) -> None:
    """Let the preset be heard and saved where it was posted."""
    card, showing = shown.entry.card, here.desk.showing
    await showing.posted(actor, message, card.ref)
    await here.post.invite(actor.place, message)
    file = await here.uploads.send(actor.place, card.audio) if card.audio else None
    if file is None:
        return
    await showing.posted(actor, file, card.ref)
    heard = await here.uploads.share(actor.place, file, card.name, actor.place.thread or message)
    if heard is not None:
        await showing.posted(actor, heard, card.ref)


async def _first(here: Surface, asked: Asked) -> bool:
    return await here.hearing.first(asked.workspace.application, asked.event)


def _ref(text: str) -> Ref:
    ref = refs.parse(text)
    if ref is None:
        raise ValueError(f"no button of ours: {text}")
    return ref
