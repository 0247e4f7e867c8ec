"""What Bolt calls: each listener acknowledges at once and leaves the rest to a task beside."""

import re
from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext

from bots.chat.actions import How
from bots.slack import app_home, handlers, post, reactions, requests
from bots.slack.platform import PLATFORM
from bots.slack.requests import Payload, Request
from bots.slack.surface import Surface
from bots.slack.workspaces import Workspace

SHORTCUT = "save_kick"
ANY_NAME = re.compile(r"/.+")
WRITTEN = (None, "file_share", "thread_broadcast")

Does = Callable[[Surface, Request], Awaitable[None]]

PRESSED: dict[How, Does] = {
    "tell": handlers.pressed,
    "agree": handlers.agreed,
    "post": handlers.pressed,
    "turn": handlers.turned,
    "again": handlers.again,
}


def listen(app: AsyncApp, here: Surface) -> None:
    """Let the app hear all that people do."""
    _commands(app, here)
    _messages(app, here)
    _buttons(app, here)
    _reactions(app, here)
    _ends(app, here)


def _commands(app: AsyncApp, here: Surface) -> None:
    @app.command(ANY_NAME)
    async def command(ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
        await ack()
        _do(here, requests.of_command(workspace(context), body), handlers.command)

    @app.shortcut(SHORTCUT)
    async def shortcut(ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
        await ack()
        _do(here, requests.of_shortcut(workspace(context), body), handlers.save_shown)


def _messages(app: AsyncApp, here: Surface) -> None:
    @app.event("app_mention")
    async def mention(body: Payload, context: AsyncBoltContext) -> None:
        _hear(here, body, context)

    @app.event("message")
    async def message(body: Payload, context: AsyncBoltContext) -> None:
        if body["event"].get("channel_type") == "im":
            _hear(here, body, context)

    @app.event("app_home_opened")
    async def visit(body: Payload, context: AsyncBoltContext) -> None:
        if body["event"].get("tab", "home") == "home":
            _do(here, requests.of_visit(workspace(context), body), app_home.show)


def _hear(here: Surface, body: Payload, context: AsyncBoltContext) -> None:
    """Do what somebody has written; a file without words asks for nothing."""
    if _by_somebody(body["event"]):
        request = requests.of_message(workspace(context), body)
        if request.text or not body["event"].get("files"):
            _do(here, request, handlers.command)


def _buttons(app: AsyncApp, here: Surface) -> None:
    for how, does in PRESSED.items():
        app.action(re.compile(f"{how}:.+"))(_button(here, does))

    @app.action(re.compile(r"open:.+"))
    async def opened(ack: AsyncAck) -> None:
        await ack()


def _button(here: Surface, does: Does) -> Callable[..., Awaitable[None]]:
    async def pressed(ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
        await ack()
        press = requests.of_press(workspace(context), body)
        _do(here, press, does if press.place.channel else _at_home(does))

    return pressed


def _at_home(does: Does) -> Does:
    """The same, after which the App Home shows what has changed."""

    async def then_shown(here: Surface, press: Request) -> None:
        await does(here, press)
        await app_home.show(here, press)

    return then_shown


def _reactions(app: AsyncApp, here: Surface) -> None:
    @app.event("reaction_added")
    async def added(body: Payload, context: AsyncBoltContext) -> None:
        reaction = requests.of_reaction(workspace(context), body)
        if reaction is not None and reaction.text in reactions.MEANT:
            _do(here, reaction, reactions.added)

    @app.event("reaction_removed")
    async def removed(body: Payload, context: AsyncBoltContext) -> None:
        reaction = requests.of_reaction(workspace(context), body)
        if reaction is not None and reaction.text == post.SAVE:
            _do(here, reaction, reactions.taken_away)


def _ends(app: AsyncApp, here: Surface) -> None:
    @app.event("app_uninstalled")
    async def uninstalled(body: Payload) -> None:
        here.background.start(_left(here, body["team_id"]))

    @app.event("tokens_revoked")
    async def revoked(body: Payload) -> None:
        if body["event"].get("tokens", {}).get("bot"):
            here.background.start(here.workspaces.forget(body["team_id"]))


async def _left(here: Surface, team: str) -> None:
    """A workspace has removed the app."""
    await here.workspaces.forget(team)
    await here.sharing.left(PLATFORM, team)


def workspace(context: AsyncBoltContext) -> Workspace:
    """The workspace that the request came from, as it was authorized."""
    return Workspace(
        team=context.team_id or "",
        bot_user=context.bot_user_id or "",
        bot=context.bot_id or "",
        token=context.bot_token or "",
    )


def _do(here: Surface, what: Request, does: Does) -> None:
    here.background.start(handlers.listen(here, what, does(here, what)))


def _by_somebody(event: dict[str, Any]) -> bool:
    """Whether a person has written that just now: not a bot, nor Slack telling of an edit or a deletion."""
    return "user" in event and not {"bot_id", "edited"} & event.keys() and event.get("subtype") in WRITTEN
