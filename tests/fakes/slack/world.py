"""What Slack remembers: workspaces, channels, messages, files, views, and every call that was made."""

import asyncio
from collections import defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Literal

SCOPES = frozenset(
    "app_mentions:read channels:join chat:write commands files:read files:write im:history reactions:read "
    "reactions:write users:read".split()
)


class Refusal(Exception):
    """`{"ok": false, "error": ...}`."""

    def __init__(self, error: str, **more: object) -> None:
        super().__init__(error)
        self.answer = {"ok": False, "error": error, **more}


@dataclass(frozen=True)
class Failure:
    """How a call is to fail: by an error of Slack's, or by an HTTP status, or with `hangs` by no answer for a minute.

    With `until` it fails only then. With `lost` it is done all the same.
    """

    error: str = ""
    status: int = 200
    retry_after: int | None = None
    hangs: bool = False
    until: asyncio.Event | None = None
    lost: bool = False


@dataclass
class Message:
    """A message; `ephemeral` is the only user who sees it. `versions` are its earlier texts."""

    ts: str
    channel: str
    user: str
    text: str
    blocks: list[dict[str, Any]]
    thread_ts: str | None = None
    ephemeral: str | None = None
    file: str | None = None
    reactions: dict[str, list[str]] = field(default_factory=dict)
    versions: list[str] = field(default_factory=list)

    @property
    def everything(self) -> str:
        """All its text: the fallback's and its blocks'."""
        return "\n".join([self.text, *texts(self.blocks)])

    @property
    def buttons(self) -> dict[str, dict[str, Any]]:
        """Its buttons by their labels; of several with one label the first."""
        found: dict[str, dict[str, Any]] = {}
        for button in buttons(self.blocks):
            found.setdefault(button["text"]["text"], button)
        return found


@dataclass
class Channel:
    """A conversation. Those who are in it, and only they, read and write there; `restricted` to some of them."""

    id: str
    kind: Literal["public", "private", "im"]
    members: set[str] = field(default_factory=set)
    archived: bool = False
    restricted: bool = False
    messages: dict[str, Message] = field(default_factory=dict)


@dataclass
class File:
    """A file. `shares_after` is how many times it is asked about before its share shows; None for never."""

    id: str
    name: str
    length: int
    data: bytes = b""
    completed: bool = False
    channel: str = ""
    thread_ts: str | None = None
    shares_after: int | None = 2
    asked: int = 0
    message: Message | None = None
    deleted: bool = False


@dataclass
class Token:
    """A bot's token in one workspace."""

    team: str
    user: str
    bot: str
    scopes: frozenset[str] = SCOPES


@dataclass
class Hook:
    """A response URL: five uses in half an hour. `message` is the one that its button was in."""

    channel: str
    user: str
    bot: str
    message: Message | None = None
    left: int = 5


@dataclass
class World:
    """Everything. Timestamps grow by one at each message, so that no two are the same.

    With `organization` the app is installed into all of an organization's workspaces at once: `team` is null then, as
    Slack's guide to organization-ready apps says.
    """

    tokens: dict[str, Token] = field(default_factory=dict)
    tickets: set[str] = field(default_factory=set)
    app_tokens: set[str] = field(default_factory=set)
    channels: dict[str, Channel] = field(default_factory=dict)
    users: dict[str, dict[str, Any]] = field(default_factory=dict)
    files: dict[str, File] = field(default_factory=dict)
    views: dict[str, dict[str, Any]] = field(default_factory=dict)
    hooks: dict[str, Hook] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    organization: bool = False
    ephemerals: list[Message] = field(default_factory=list)
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    failures: dict[str, deque[Failure]] = field(default_factory=lambda: defaultdict(deque))
    shares_after: int | None = 2
    address: str = ""
    clock: Iterator[int] = field(default_factory=lambda: count(1_700_000_000))
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def fail(self, method: str, error: str = "", *, times: int = 1, **how: Any) -> None:
        """Let the next calls of that method, or of `hook` or `link` (Socket Mode), fail; for `how` see `Failure`."""
        self.failures[method].extend([Failure(error, **how)] * times)

    def channel(self, name: str, kind: Literal["public", "private", "im"] = "public", *members: str) -> Channel:
        """A new conversation."""
        prefix = "D" if kind == "im" else "C"
        self.channels[prefix + name] = Channel(prefix + name, kind, set(members))
        return self.channels[prefix + name]

    def person(self, user: str, name: str, *, admin: bool = False, bot: bool = False, team: str = "T1") -> None:
        """Somebody new. In a channel shared by Slack Connect people of another `team` may write, too."""
        profile = {"display_name": name, "real_name": f"{name} (real)"}
        rights = {"is_admin": admin, "is_owner": False, "is_bot": bot}
        self.users[user] = {"id": user, "team_id": team, "name": name, **rights, "profile": profile}

    def ts(self) -> str:
        """The next message's."""
        return f"{next(self.clock)}.000100"

    def hook(self, channel: str, user: str, bot: str, message: Message | None = None) -> str:
        """A new response URL."""
        number = f"T/{next(self.numbers)}"
        self.hooks[number] = Hook(channel, user, bot, message)
        return f"{self.address}/hooks/{number}"

    def ticket(self) -> str:
        """A new ticket for Socket Mode."""
        ticket = f"secret-{next(self.numbers)}"
        self.tickets.add(ticket)
        return ticket

    def told(self, message: Message) -> dict[str, Any]:
        """What Slack tells of a message: one that has replies is the first of its own thread."""
        replies = self.channels[message.channel].messages.values() if message.channel in self.channels else ()
        replied = any(reply.thread_ts == message.ts for reply in replies)
        thread = message.thread_ts or (message.ts if replied else None)
        return {"ts": message.ts} | ({"thread_ts": thread} if thread else {})

    def called(self, method: str) -> list[dict[str, Any]]:
        """The arguments of each call of the method."""
        return [arguments for name, arguments in self.calls if name == method]

    def private(self, user: str) -> list[Message]:
        """What only that user has been shown in channels."""
        return [message for message in self.ephemerals if message.ephemeral == user]


def texts(part: object) -> Iterator[str]:
    """Every text in blocks, depth first."""
    if isinstance(part, dict):
        for key, value in part.items():
            if key in ("text", "alt_text", "url", "image_url") and isinstance(value, str):
                yield value
            else:
                yield from texts(value)
    elif isinstance(part, list):
        for each in part:
            yield from texts(each)


def buttons(part: object) -> Iterator[dict[str, Any]]:
    """Every button in blocks, with the id of its block."""
    if isinstance(part, list):
        for each in part:
            yield from buttons(each)
    elif isinstance(part, dict):
        if part.get("type") == "button":
            yield part
        for value in part.values():
            yield from buttons(value)
