"""💾 saves, taken away it undoes that, ❌ deletes: on messages of any age."""

from logging import getLogger
from typing import Any

from bots.slack import api_errors, handlers, post, render
from bots.slack.requests import Request
from bots.slack.surface import Surface
from bots.slack.workspaces import Workspace
from core import errors
from core.messages import Shown
from core.people import Place
from core.refs import Ref

log = getLogger(__name__)

DELETE = "x"


async def added(here: Surface, request: Request) -> None:
    """Save or delete what the message shows; below other messages reactions mean nothing."""
    ref = await _heard(here, request)
    if ref is None:
        return
    actor = await here.profiles.actor(request)
    if request.text == post.SAVE:
        saved = await here.desk.reacting.save(actor, ref, request.message or "")
        await handlers.tell(here, request, render.message(here.markup, saved))
        return
    try:
        reply = await here.desk.library.delete_shown(actor, str(ref), request.message)
    except errors.NotYours:
        return  # People put ❌ below what they do not like; nobody is told that it is not theirs.
    await handlers.tell(here, request, render.message(here.markup, reply))


async def removed(here: Surface, request: Request) -> None:
    """Take a save back."""
    ref = await _heard(here, request)
    if ref is None:
        return
    notice = await here.desk.reacting.take_back(await here.profiles.actor(request), ref, request.message or "")
    if notice.kind != "nothing":
        await handlers.tell(here, request, render.message(here.markup, notice))


async def _heard(here: Surface, request: Request) -> Ref | None:
    """What the message shows, None where it shows nothing, or the reaction is an app's or was heard before."""
    ref = await here.desk.showing.shown(request.place, request.message or "")
    if ref is None or await here.profiles.bot(request):
        return None
    return ref if await here.seen_events.first(request.workspace.application, request.event) else None


async def reconcile(here: Surface) -> None:
    """Read the reactions on the last day's cards: saves that were made while nobody listened.

    Each counts once: one that was heard when it was made, or read before, brings nothing back that was deleted since.
    """
    try:
        for workspace in await here.post.workspaces.all():
            for shown in await here.desk.showing.recent(workspace.application):
                await _read(here, workspace, shown)
    except (errors.KickbotError, *api_errors.FAILURES) as error:
        log.warning("saves that were made meanwhile are not read: %r", error)


async def _read(here: Surface, workspace: Workspace, shown: Shown) -> None:
    place, message = workspace.place(shown.posted.channel), shown.posted.message
    if message.startswith("F"):
        return
    try:
        client = here.post.api.client(workspace.token)
        found = await client.reactions_get(channel=place.channel, timestamp=message, full=True)
    except api_errors.FAILURES as error:
        log.info("the reactions on %s are not known: %s", shown.posted, error)
        return
    shown_in: dict[str, Any] = found.get("message") or {}
    for reaction in shown_in.get("reactions", ()):
        if reaction["name"].partition("::")[0] == post.SAVE:
            for user in reaction["users"]:
                if user != workspace.bot_user:
                    await _save(here, workspace, place, user, shown)


async def _save(here: Surface, workspace: Workspace, place: Place, user: str, shown: Shown) -> None:
    request = Request(workspace, user, "", place, event="", message=shown.posted.message)
    if await here.profiles.bot(request):
        return
    try:
        await here.desk.reacting.catch_up(await here.profiles.actor(request), shown)
    except errors.DatabaseUnavailable:
        raise
    except errors.KickbotError as error:
        log.info("%s is not saved for %s: %s", shown.ref, user, error)
