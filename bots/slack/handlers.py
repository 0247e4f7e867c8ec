"""Does what a request asks for, and answers whom it concerns."""

from collections.abc import Awaitable
from dataclasses import replace

from bots.chat import error_text, wording
from bots.slack import api_errors, blocks, cards, lists, render
from bots.slack.blocks import Message
from bots.slack.requests import Request
from bots.slack.surface import Surface
from core import errors, refs
from core.answers import commands, replies
from core.answers.cards import Card
from core.answers.commands import Invocation
from core.making import prompts
from core.people import Actor
from core.refs import Ref

PLAYS = "plays in our direct messages, for you alone."


async def listen(here: Surface, request: Request, doing: Awaitable[None]) -> None:
    """Do it; what goes wrong is told to whoever asked, once however many processes heard of it, and to nobody else."""
    try:
        await doing
    except Exception as error:
        text = wording.sentence(here.markup, error_text.sentence(error))
        if await _first_to_tell(here, request):
            await tell(here, request, blocks.text_message(text))


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
    if isinstance(reply, replies.OwnKick) and (request.place.private or not cards.has_link(reply.card)):
        await _play_alone(here, request, actor, reply.card, message)
    elif render.public(reply) and request.place.channel:
        await here.place_settings.check(request.place)
        await _publish(here, request, actor, reply, message)
    elif isinstance(reply, replies.Shown):
        await _play_alone(here, request, actor, reply.entry.card, message)
    else:
        await tell(here, request, message)
        await _withdraw(here, request, reply)
        await here.notifications.send(replies.notifications(reply))


async def _publish(here: Surface, request: Request, actor: Actor, reply: replies.Reply, message: Message) -> None:
    """Post it for everybody there; what is heard is played below it, or to whoever asked."""
    card = reply.entry.card if isinstance(reply, replies.Shown) else None
    try:
        ts = await here.post.post(request.place, message)
    except api_errors.FAILURES:
        await _around(here, request, actor, card, message)
        return
    if card is not None:
        await here.post.invite(request.place, ts)
        await here.playing.below(actor, ts, card)


async def _around(here: Surface, request: Request, actor: Actor, card: Card | None, message: Message) -> None:
    """Show it to everybody by the response URL, for which the bot need not be there; its sound goes to the actor."""
    if request.response_url is None:
        await tell(here, request, message)
        return
    await here.post.answer(request.response_url, message, public=True, thread=request.place.thread)
    if card is not None:
        await here.playing.elsewhere(actor, card)


async def _play_alone(here: Surface, request: Request, actor: Actor, card: Card, message: Message) -> None:
    """Let it be heard in the conversation with the actor, and say so where that is not where they look."""
    if not await here.playing.alone(actor, message, card):
        await tell(here, request, message)
    elif not request.place.private:
        await tell(here, request, blocks.text_message(f"{here.markup.name(card.name)} {PLAYS}"))


async def _withdraw(here: Surface, request: Request, reply: replies.Reply) -> None:
    """Take the card away on which its kick was deleted, where only its response URL can."""
    known = isinstance(reply, replies.Deleted) and request.message in {one.message for one in reply.posted}
    in_channel = request.public and not request.place.private
    if isinstance(reply, replies.Deleted) and in_channel and not known and request.response_url is not None:
        await here.post.withdraw(request.response_url)


async def _first_to_tell(here: Surface, request: Request) -> bool:
    try:
        return await here.seen_events.first(request.workspace.application, f"refused:{request.event}")
    except errors.DatabaseUnavailable:
        return True


async def _first(here: Surface, request: Request) -> bool:
    return await here.seen_events.first(request.workspace.application, request.event)


def _ref(text: str) -> Ref:
    ref = refs.parse(text)
    if ref is None:
        raise ValueError(f"no button of ours: {text}")
    return ref
