"""Reactions in Slack: on messages of any age, each heard once."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from functools import partial
from logging import getLogger
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bots.slack import api_errors, handlers, post, render
from bots.slack.requests import Request
from bots.slack.surface import Surface
from bots.slack.workspaces import Workspace
from core import errors
from core.answers import replies
from core.chat.reactions import Reaction, Standing
from core.messages import Shown
from core.people import Actor
from core.refs import Ref

log = getLogger(__name__)

DELETE = "x"
MEANT = {post.SAVE: Reaction.SAVE, DELETE: Reaction.DELETE}


async def added(here: Surface, request: Request) -> None:
    """Do what the reaction asks for; below other messages reactions mean nothing."""
    ref = await _heard(here, request)
    if ref is not None:
        actor = await here.profiles.actor(request)
        await _tell(here, request, await here.reactions.added(actor, MEANT[request.text], ref, request.message or ""))


async def taken_away(here: Surface, request: Request) -> None:
    """Take a save back.

    Slack may tell of 💾 on and off in either order, and to two processes: where there is nothing to take back yet, that
    is looked for once more in a while.
    """
    ref = await _heard(here, request)
    if ref is None or await _stands(here, request):
        return
    actor = await here.profiles.actor(request)
    notice = await here.reactions.taken_away(actor, ref, request.message or "")
    if notice is None:
        await asyncio.sleep(here.settling)
        if not await _stands(here, request):
            notice = await here.reactions.taken_away(actor, ref, request.message or "")
    await _tell(here, request, notice)


async def _stands(here: Surface, request: Request) -> bool:
    """Whether somebody's 💾 is below the message (again), as far as Slack tells."""
    below = await _below(here.api.without_retries(request.workspace.token), request)
    return request.user in _users(below or {}, post.SAVE)


async def _below(client: AsyncWebClient, request: Request) -> dict[str, Any] | None:
    """The message with its reactions; None where Slack does not tell."""
    try:
        found = await client.reactions_get(channel=request.place.channel, timestamp=request.message or "", full=True)
    except api_errors.FAILURES as error:
        log.info("the reactions on %s in %s are not known: %s", request.message, request.place.channel, error)
        return None
    return found.get("message") or {}


def _users(message: dict[str, Any], name: str) -> list[str]:
    """Whose reactions of that name are below the message, whatever their skin tone."""
    named = [one for one in message.get("reactions", ()) if one["name"].partition("::")[0] == name]
    return [user for reaction in named for user in reaction["users"]]


async def _tell(here: Surface, request: Request, reply: replies.Reply | None) -> None:
    if reply is not None:
        await handlers.tell(here, request, render.message(here.markup, reply))


async def _heard(here: Surface, request: Request) -> Ref | None:
    """What the message shows, None where it shows nothing, or the reaction is an app's or was heard before."""
    ref = await here.showing.shown(request.place, request.message or "")
    if ref is None or await here.profiles.bot(request):
        return None
    return ref if await here.seen_events.first(request.workspace.application, request.event) else None


async def reconcile(here: Surface) -> None:
    """Read the reactions on the last day's cards, for those that were made or taken away while nobody listened."""
    try:
        workspaces = {workspace.application: workspace for workspace in await here.workspaces.all()}
    except (errors.KickbotError, *api_errors.FAILURES) as error:
        log.warning("reactions that were made meanwhile are not read: %r", error)
        return

    async def read(recent: Sequence[Shown]) -> AsyncIterator[Standing]:
        for shown in recent:
            standing = await _standing(here, workspaces[shown.posted.application], shown)
            if standing is not None:
                yield standing

    await here.reactions.catch_up(workspaces, read, partial(_ask, here))


async def _standing(here: Surface, workspace: Workspace, shown: Shown) -> Standing | None:
    place, message = workspace.place(shown.posted.channel), shown.posted.message
    if message.startswith("F"):
        return None
    request = Request(workspace, "", "", place, event="", message=message)
    below = await _below(here.api.client(workspace.token), request)
    if below is None:
        return None
    saves, deletions = [await _people(here, request, _users(below, name)) for name in (post.SAVE, DELETE)]
    return Standing(shown, place, saves, deletions)


async def _people(here: Surface, request: Request, users: Sequence[str]) -> tuple[Actor, ...]:
    """Those of the users who are people, as actors where the request is."""
    others = [replace(request, user=user) for user in users if user != request.workspace.bot_user]
    return tuple([await here.profiles.actor(one) for one in others if not await here.profiles.bot(one)])


async def _ask(here: Surface, actor: Actor, question: replies.Question) -> None:
    await here.post.tell(actor.place, actor.person.id, render.message(here.markup, question))
