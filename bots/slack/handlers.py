"""Does what a request asks for, and answers whom it concerns."""

from collections.abc import Awaitable
from dataclasses import replace

from bots.chat import error_text, wording
from bots.slack import api_errors, blocks, lists, render
from bots.slack.blocks import Message
from bots.slack.requests import Request
from bots.slack.surface import Surface
from core import refs
from core.answers import commands, replies
from core.answers.commands import Invocation
from core.making import prompts
from core.people import Actor
from core.refs import Ref


async def listen(here: Surface, request: Request, doing: Awaitable[None]) -> None:
    """Do it; what goes wrong is told to whoever asked, and to nobody else."""
    try:
        await doing
    except Exception as error:
        await tell(here, request, blocks.text_message(wording.sentence(here.markup, error_text.sentence(error))))


async def command(here: Surface, request: Request) -> None:
    """Do what was typed: a first word that is no verb starts a prompt."""
    invocation = commands.parse(request.text)
    if invocation.verb == "kick":
        await _order(here, request, prompts.parse(invocation.rest))
    elif await _first(here, request):
        await _answer(here, request, invocation)


async def again(here: Surface, request: Request) -> None:
    """One more from the words of the take on whose card it is asked."""
    take = _ref(request.text)
    actor = await here.profiles.actor(request)
    prompt = await here.library.prompt(actor, take)
    await _order(here, request, prompts.parse(prompt), again_of=take.id)


async def pressed(here: Surface, request: Request) -> None:
    """Answer a button to whoever pressed it."""
    if await _first(here, request):
        await _answer(here, request, commands.parse(request.text))


async def agreed(here: Surface, request: Request) -> None:
    """Do what was asked about; the answer takes the question's place, so that nobody agrees twice."""
    await pressed(here, replace(request, replaces=True))


async def turned(here: Surface, request: Request) -> None:
    """Put the answer in place of the message."""
    if not await _first(here, request):
        return
    actor = await here.profiles.actor(request)
    reply = await here.desk.answer(actor, commands.parse(request.text), lists.SIZE)
    if request.response_url is not None:
        await here.post.answer(request.response_url, render.message(here.markup, reply), replace=True)


async def save_shown(here: Surface, request: Request) -> None:
    """Save what a message shows. Raises `errors.NoSuchTake`, and what `Library.save` does."""
    if await _first(here, request):
        ref = await here.showing.required(request.place, request.message or "")
        await _answer(here, request, Invocation("presets save", str(ref)))


async def tell(here: Surface, request: Request, message: Message) -> None:
    """Tell whoever asked, alone."""
    await here.post.tell(request.place, request.user, message, request.response_url, replace=request.replaces)


async def _order(here: Surface, request: Request, prompt: prompts.Request, again_of: int | None = None) -> None:
    actor = await here.profiles.actor(request)
    jobs = await here.studio.order(actor, prompt, event_id=request.event, again_of=again_of, token=request.response_url)
    for job in jobs:
        here.deliveries.start(job)


async def _answer(here: Surface, request: Request, invocation: Invocation) -> None:
    actor = await here.profiles.actor(request)
    reply = await here.desk.answer(actor, invocation, lists.SIZE, request.message)
    message = render.message(here.markup, reply)
    if not render.public(reply) or request.place.private:
        await tell(here, request, message)
        await here.notifications.send(replies.notifications(reply))
        return
    await here.place_settings.check(request.place)
    ts = await _publish(here, request, message)
    if ts is not None and isinstance(reply, replies.Shown):
        await _show(here, actor, ts, reply)


async def _publish(here: Surface, request: Request, message: Message) -> str | None:
    """Post it for everybody there; the message's `ts`, None where that is not known or there was no way."""
    try:
        return await here.post.post(request.place, message)
    except api_errors.FAILURES:
        if request.response_url is None:
            await tell(here, request, message)
            return None
    await here.post.answer(request.response_url, message, public=True, thread=request.place.thread)
    return None


async def _show(here: Surface, actor: Actor, ts: str, shown: replies.Shown) -> None:
    """Let the preset be heard and saved where it was posted."""
    card, showing = shown.entry.card, here.showing
    await showing.posted(actor, ts, card.ref)
    await here.post.invite(actor.place, ts)
    file = await here.uploads.send(actor.place, card.audio) if card.audio else None
    if file is None:
        return
    await showing.posted(actor, file, card.ref)
    heard = await here.uploads.share(actor.place, file, card.name, actor.place.thread or ts)
    if heard is not None:
        await showing.posted(actor, heard, card.ref)


async def _first(here: Surface, request: Request) -> bool:
    return await here.seen_events.first(request.workspace.application, request.event)


def _ref(text: str) -> Ref:
    ref = refs.parse(text)
    if ref is None:
        raise ValueError(f"no button of ours: {text}")
    return ref
