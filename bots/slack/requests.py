"""What somebody does in Slack, read from what Slack tells of it."""

from dataclasses import dataclass
from typing import Any

from bots.slack import markup
from bots.slack.platform import PLATFORM
from bots.slack.workspaces import Workspace
from core.people import Place

Payload = dict[str, Any]
"""A request's body as Slack documents it, which Bolt hands over as it came."""


@dataclass(frozen=True, slots=True)
class Request:
    """Who asks for something, and where.

    `event` is the same however often Slack tells of it. `name` is what Slack calls them in passing, empty where it does
    not. `message` is the one whose button was pressed, which the answer `replaces` or not, and which
    is `public` where others see it too.
    """

    workspace: Workspace
    user: str
    name: str
    place: Place
    event: str
    text: str = ""
    response_url: str | None = None
    message: str | None = None
    replaces: bool = False
    public: bool = False


def of_command(workspace: Workspace, body: Payload) -> Request:
    """A slash command. They do not work in threads."""
    return Request(
        workspace=workspace,
        user=body["user_id"],
        name=body.get("user_name", ""),
        place=workspace.place(body["channel_id"]),
        event=f"command:{body['trigger_id']}",
        text=markup.typed(body.get("text", "")),
        response_url=body.get("response_url"),
    )


def of_message(workspace: Workspace, body: Payload) -> Request:
    """A mention, or a message to the bot alone; it is answered in its thread where it is in one."""
    event = body["event"]
    return Request(
        workspace=workspace,
        user=event["user"],
        name="",
        place=workspace.place(event["channel"], _thread(event)),
        event=f"event:{body['event_id']}",
        text=markup.typed(event.get("text", ""), workspace.bot_user),
    )


def of_press(workspace: Workspace, body: Payload) -> Request:
    """A button, whose value is the text; at the App Home there is no channel.

    Slack does not tell a message that only one person sees, but what contains the button.
    """
    container = body.get("container") or {}
    message = body.get("message") or {"ts": container.get("message_ts"), "thread_ts": container.get("thread_ts")}
    channel = (body.get("channel") or {}).get("id", "")
    return Request(
        workspace=workspace,
        user=body["user"]["id"],
        name=body["user"].get("name", ""),
        place=workspace.place(channel, _thread(message)) if channel else home(workspace),
        event=f"action:{body['trigger_id']}:{body['actions'][0]['action_id']}",
        text=body["actions"][0].get("value") or "",
        response_url=body.get("response_url"),
        message=container.get("message_ts"),
        public=bool(channel) and not container.get("is_ephemeral"),
    )


def of_shortcut(workspace: Workspace, body: Payload) -> Request:
    """A shortcut on a message."""
    message = body["message"]
    return Request(
        workspace=workspace,
        user=body["user"]["id"],
        name=body["user"].get("name", ""),
        place=workspace.place(body["channel"]["id"], _thread(message)),
        event=f"shortcut:{body['trigger_id']}",
        response_url=body.get("response_url"),
        message=message["ts"],
    )


def of_reaction(workspace: Workspace, body: Payload) -> Request | None:
    """A reaction, whose name without skin tone is the text; None for one that is on no message."""
    event = body["event"]
    item = event["item"]
    if item.get("type") != "message":
        return None
    return Request(
        workspace=workspace,
        user=event["user"],
        name="",
        place=workspace.place(item["channel"]),
        event=f"event:{body['event_id']}",
        text=event["reaction"].partition("::")[0],
        message=item["ts"],
    )


def of_visit(workspace: Workspace, body: Payload) -> Request:
    """Somebody opens the App Home."""
    return Request(workspace, body["event"]["user"], "", home(workspace), f"event:{body['event_id']}")


def _thread(message: Payload) -> str | None:
    """The thread that the message is in. One that has replies starts a thread, and is in none for us."""
    thread = message.get("thread_ts")
    return str(thread) if thread and thread != message.get("ts") else None


def home(workspace: Workspace) -> Place:
    """The App Home, which nobody else sees and in which nothing is posted."""
    return Place(workspace.application, PLATFORM, workspace.team, "", private=True)
