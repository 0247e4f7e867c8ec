"""People in Slack: what they do arrives at the bot as signed requests or as envelopes."""

import asyncio
import hashlib
import hmac
import json
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import urlencode
from uuid import uuid4

import aiohttp

from tests.fakes.slack.sockets import Sockets
from tests.fakes.slack.world import Message, World

SECRET = "signing-secret-1"


class Line(Protocol):
    """The way to the bot; each call ends when the bot has acknowledged."""

    async def event(self, payload: dict[str, Any], attempt: int = 0) -> int: ...

    async def command(self, payload: dict[str, Any], attempt: int = 0) -> int: ...

    async def interaction(self, payload: dict[str, Any], attempt: int = 0) -> int: ...


@dataclass
class HttpLine:
    """Signed requests to `url`; the answers are HTTP statuses."""

    session: aiohttp.ClientSession
    url: str

    async def event(self, payload: dict[str, Any], attempt: int = 0) -> int:
        return await self.send(json.dumps(payload), "application/json", attempt)

    async def command(self, payload: dict[str, Any], attempt: int = 0) -> int:
        return await self.send(urlencode(payload), "application/x-www-form-urlencoded", attempt)

    async def interaction(self, payload: dict[str, Any], attempt: int = 0) -> int:
        body = urlencode({"payload": json.dumps(payload)})
        return await self.send(body, "application/x-www-form-urlencoded", attempt)

    async def send(self, body: str, kind: str, attempt: int = 0, **headers: str) -> int:
        """Send a body, signed now unless `headers` say otherwise."""
        stamp = str(int(time.time()))
        signed = {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": signature(stamp, body), "Content-Type": kind}
        if attempt:
            signed |= {"X-Slack-Retry-Num": str(attempt), "X-Slack-Retry-Reason": "http_timeout"}
        async with self.session.post(self.url, data=body.encode(), headers=signed | headers) as answer:
            await answer.read()
            return answer.status


@dataclass
class SocketLine:
    """Envelopes; 200 stands for an acknowledgement."""

    sockets: Sockets

    async def event(self, payload: dict[str, Any], attempt: int = 0) -> int:
        await self.sockets.send("events_api", payload, attempt)
        return 200

    async def command(self, payload: dict[str, Any], attempt: int = 0) -> int:
        await self.sockets.send("slash_commands", payload, attempt)
        return 200

    async def interaction(self, payload: dict[str, Any], attempt: int = 0) -> int:
        await self.sockets.send("interactive", payload, attempt)
        return 200


def signature(stamp: str, body: str) -> str:
    """Slack's: HMAC-SHA256 of version, time and body."""
    return "v0=" + hmac.new(SECRET.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()


@dataclass
class Somebody:
    """One person. `times` is how often Slack delivers what they do."""

    world: World
    line: Line
    id: str
    name: str
    team: str = "T1"
    bot: str = "UBOT"
    times: int = 1

    async def command(self, text: str, channel: str, command: str = "/kickdrum") -> str:
        """Use the slash command; its response URL."""
        url = self.world.hook(channel, self.id, self.bot)
        payload = {
            "command": command, "text": text, "team_id": self.team, "channel_id": channel, "user_id": self.id,
            "user_name": self.name, "response_url": url, "trigger_id": uuid4().hex, "api_app_id": "A1",
            "channel_name": "directmessage" if channel.startswith("D") else "general",
        }  # fmt: skip
        await self._deliver(lambda attempt: self.line.command(payload, attempt))
        return url

    async def mention(self, text: str, channel: str, thread: str | None = None) -> None:
        """Mention the bot."""
        event = {"type": "app_mention", "user": self.id, "text": f"<@{self.bot}> {text}", "channel": channel}
        await self.event({**event, "ts": self.world.ts()} | ({"thread_ts": thread} if thread else {}))

    async def write(self, text: str, channel: str, **more: Any) -> None:
        """Write to the bot alone."""
        event = {"type": "message", "channel_type": "im", "user": self.id, "text": text, "channel": channel}
        await self.event({**event, "ts": self.world.ts(), **more})

    async def react(self, name: str, message: Message, *, take_back: bool = False) -> None:
        """Add a reaction or take it back."""
        plain = name.partition("::")[0]
        users = message.reactions.setdefault(plain, [])
        if take_back:
            users.remove(self.id)
        else:
            users.append(self.id)
        item = {"type": "message", "channel": message.channel, "ts": message.ts}
        kind = "reaction_removed" if take_back else "reaction_added"
        await self.event({"type": kind, "user": self.id, "reaction": name, "item": item, "item_user": message.user})

    async def press(self, message: Message, label: str) -> str:
        """Press the button with that label; the response URL."""
        button = message.buttons[label]
        url = self.world.hook(message.channel, self.id, self.bot, message)
        told, hidden = self.world.told(message), message.ephemeral is not None
        payload = {
            "type": "block_actions", "user": {"id": self.id, "name": self.name, "team_id": self.team},
            "team": {"id": self.team}, "api_app_id": "A1", "channel": {"id": message.channel, "name": "general"},
            "container": {"type": "message", "message_ts": message.ts, "channel_id": message.channel,
                          "is_ephemeral": hidden, **({"thread_ts": told["thread_ts"]} if "thread_ts" in told else {})},
            "actions": [{**button, "block_id": "b", "action_ts": self.world.ts()}],
            "trigger_id": uuid4().hex, "response_url": url,
            **({} if hidden else {"message": told}),
        }  # fmt: skip
        await self._deliver(lambda attempt: self.line.interaction(payload, attempt))
        return url

    async def shortcut(self, message: Message, callback: str) -> None:
        """Use a message shortcut."""
        payload = {
            "type": "message_action", "callback_id": callback, "user": {"id": self.id, "name": self.name},
            "team": {"id": self.team}, "channel": {"id": message.channel, "name": "general"},
            "message": self.world.told(message), "message_ts": message.ts, "trigger_id": uuid4().hex, "action_ts": "1",
            "response_url": self.world.hook(message.channel, self.id, self.bot),
        }  # fmt: skip
        await self._deliver(lambda attempt: self.line.interaction(payload, attempt))

    async def press_at_home(self, label: str) -> None:
        """Press a button in the App Home."""
        shown = Message("", "", self.bot, "", self.world.views[self.id]["blocks"])
        payload = {
            "type": "block_actions", "user": {"id": self.id, "name": self.name}, "team": {"id": self.team},
            "container": {"type": "view", "view_id": "V1"}, "view": {"id": "V1", "type": "home"},
            "actions": [{**shown.buttons[label], "block_id": "b", "action_ts": "1"}], "trigger_id": uuid4().hex,
        }  # fmt: skip
        await self._deliver(lambda attempt: self.line.interaction(payload, attempt))

    async def open_home(self) -> None:
        """Open the bot's App Home."""
        await self.event({"type": "app_home_opened", "user": self.id, "tab": "home", "channel": f"D-{self.id}"})

    async def event(self, event: dict[str, Any]) -> None:
        """Anything that happens in the workspace."""
        payload = {
            "type": "event_callback", "team_id": self.team, "api_app_id": "A1", "event_id": f"Ev{uuid4().hex[:8]}",
            "event_time": int(time.time()), "event": {"event_ts": self.world.ts(), **event},
            "authorizations": [{"team_id": self.team, "user_id": self.bot, "is_bot": True, "enterprise_id": None,
                                "is_enterprise_install": False}],
        }  # fmt: skip
        await self._deliver(lambda attempt: self.line.event(payload, attempt))

    async def _deliver(self, send: Callable[[int], Awaitable[int]]) -> None:
        statuses = await asyncio.gather(*(send(attempt) for attempt in range(self.times)))
        assert set(statuses) == {200}, statuses
