"""What SimCord 3.2.1 leaves out of Discord's payloads: put in here, as Discord's documentation has it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from simcord import Env
from simcord.backend import errors
from simcord.backend.errors import BackendError
from simcord.backend.models import Message
from simcord.http.client import _raise_for

OWNED_BY_SERVER, OWNED_BY_USER = "0", "1"


@dataclass
class Payloads:
    """Completes what goes between a SimCord `env` and the bot in it.

    `limit` is the size of a file that interactions allow. `installed_by_user` tells that only the user has installed
    the app: requests about the channels where it is used are refused then, as for anybody who is no member. `lost`
    requests are done, but answered with an error; a nonce is taken once, as `enforce_nonce` says. What AutoMod blocks,
    `blocked` words, it blocks then where the answer to an interaction is edited: 400 with the code 200000 (Opcodes and
    Status Codes, JSON Error Codes: "Message was blocked by automatic moderation").
    """

    env: Env
    limit: int = 10 * 1024 * 1024
    installed_by_user: bool = False
    lost: list[tuple[str, str]] = field(default_factory=list)
    nonces: dict[tuple[str, str], Any] = field(default_factory=dict)
    repeated: int = 0
    used_in: set[str] = field(default_factory=set)
    blocked: set[str] = field(default_factory=set)

    def install(self) -> None:
        """Take the place of the env's emitter and, each time a bot is attached, of its requests."""
        emit = self.env.backend.emit
        self.env.backend.emit = lambda event, payload: emit(event, self.completed(event, payload))  # type: ignore[method-assign]
        edit = self.env.backend.edit_message

        def moderated(channel: int, message: int, fields: dict[str, Any]) -> Message:
            if self.installed_by_user and any(word in (fields.get("content") or "") for word in self.blocked):
                raise BackendError(400, 200000, "Message was blocked by automatic moderation")
            return edit(channel, message, fields)

        self.env.backend.edit_message = moderated  # type: ignore[assignment, method-assign]

    def attach(self) -> None:
        """Hear the requests of the bot that is attached now."""
        http = self.env.bot.http
        request = http.request

        async def heard(route: Any, **parts: Any) -> Any:
            if self.installed_by_user and _channel(route) in self.used_in:
                _raise_for(errors.missing_access())
            nonce = _nonce(parts)
            key = (str(route.url), nonce or "")
            if nonce and key in self.nonces:
                self.repeated += 1
                return self.nonces[key]
            answer = await request(route, **parts)
            if nonce:
                self.nonces[key] = answer
            lost = next((one for one in self.lost if one[0] == route.method and route.path.endswith(one[1])), None)
            if lost:
                self.lost.remove(lost)
                _raise_for(BackendError(500, 0, "the answer was lost"))
            return answer

        http.request = heard  # type: ignore[method-assign]

    def completed(self, event: str, payload: Mapping[str, Any]) -> Mapping[str, Any]:
        """The payload as Discord sends it."""
        match event:
            case "MESSAGE_REACTION_ADD":
                return {**payload, "message_author_id": str(self._author(payload))}
            case "INTERACTION_CREATE":
                if self.installed_by_user:
                    self.used_in.add(str(payload["channel_id"]))
                return {**payload, "attachment_size_limit": self.limit, **self._installation(payload)}
            case _:
                return payload

    def _author(self, payload: Mapping[str, Any]) -> int:
        author: int = self.env.backend.get_message(int(payload["channel_id"]), int(payload["message_id"])).author_id
        return author

    def _installation(self, payload: Mapping[str, Any]) -> dict[str, Any]:
        user = (payload.get("user") or payload["member"]["user"])["id"]
        if self.installed_by_user:
            return {"authorizing_integration_owners": {OWNED_BY_USER: user}, "context": 2 if "user" in payload else 0}
        return {"authorizing_integration_owners": {OWNED_BY_SERVER: payload.get("guild_id", "0")}}


def _channel(route: Any) -> str:
    """The channel that a request is about."""
    return str(route.channel_id) if route.path.startswith("/channels/") else ""


def _nonce(parts: Mapping[str, Any]) -> str | None:
    body = parts.get("json") or {}
    for part in parts.get("form") or ():
        if part.get("name") == "payload_json":
            body = json.loads(part["value"])
    return body.get("nonce") if isinstance(body, dict) and body.get("enforce_nonce") else None
