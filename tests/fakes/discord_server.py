"""The few answers of Discord's HTTP interface that logging in and registering commands need, on this machine."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

TOKEN = "a.good.token"
EVENT, HEARTBEAT, IDENTIFY, HELLO, HEARD = 0, 1, 2, 10, 11
"""Kinds of the gateway's messages, by number."""

ME = {"id": "7", "username": "Kickbot", "discriminator": "0", "avatar": None, "global_name": None, "bot": True}


@dataclass
class DiscordServer:
    """Takes `TOKEN` and no other; `commands` are those that were registered, each `PUT` replacing all.

    `identified` is what those who connect say of themselves, `sockets` are their connections; `connected` is set when
    somebody is.
    The gateway's address is refused `gateway_refusals` times.
    """

    commands: list[dict[str, Any]] = field(default_factory=list)
    identified: list[dict[str, Any]] = field(default_factory=list)
    address: str = ""
    gateway_refusals: int = 0
    sockets: list[web.WebSocketResponse] = field(default_factory=list)
    connected: asyncio.Event = field(default_factory=asyncio.Event)

    @asynccontextmanager
    async def serving(self) -> AsyncIterator["DiscordServer"]:
        app = web.Application(middlewares=[self._signed])
        app.router.add_get("/users/@me", self._me)
        app.router.add_get("/oauth2/applications/@me", self._application)
        app.router.add_put("/applications/7/commands", self._register)
        app.router.add_get("/gateway/bot", self._gateway)
        app.router.add_get("/connect", self._connect)
        runner = web.AppRunner(app)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self.address = f"http://127.0.0.1:{runner.addresses[0][1]}"
        yield self
        await runner.cleanup()

    @web.middleware
    async def _signed(self, request: web.Request, handler: Any) -> web.StreamResponse:
        if request.path != "/connect" and request.headers.get("Authorization") != f"Bot {TOKEN}":
            return _json({"code": 0, "message": "401: Unauthorized"}, status=401)
        answer: web.StreamResponse = await handler(request)
        return answer

    async def _me(self, request: web.Request) -> web.Response:
        return _json(ME)

    async def _application(self, request: web.Request) -> web.Response:
        flags = {"bot_public": True, "bot_require_code_grant": False, "verify_key": "0" * 64, "flags": 0}
        told = {"id": "7", "name": "Kickbot", "icon": None, "description": "", "owner": ME, "team": None, **flags}
        return _json(told)

    async def _register(self, request: web.Request) -> web.Response:
        self.commands = await request.json()
        common = {"application_id": "7", "version": "1", "description": "", "default_member_permissions": None}
        return _json([{"id": str(n), **common, **one} for n, one in enumerate(self.commands, 1)])

    async def _gateway(self, request: web.Request) -> web.Response:
        if self.gateway_refusals:
            self.gateway_refusals -= 1
            return _json({"code": 0, "message": "not now"}, status=404)
        starts = {"total": 1000, "remaining": 999, "reset_after": 0, "max_concurrency": 1}
        url = self.address.replace("http", "ws") + "/connect"
        return _json({"url": url, "shards": 1, "session_start_limit": starts})

    async def _connect(self, request: web.Request) -> web.WebSocketResponse:
        """The gateway: hello, ready, and an answer to each heartbeat."""
        socket = web.WebSocketResponse()
        self.sockets.append(socket)
        await socket.prepare(request)
        await socket.send_json({"op": HELLO, "d": {"heartbeat_interval": 45_000}})
        async for message in socket:
            said = json.loads(message.data)
            if said["op"] == HEARTBEAT:
                await socket.send_json({"op": HEARD})
            elif said["op"] == IDENTIFY:
                self.identified.append(said["d"])
                ready = {"v": 10, "user": ME, "guilds": [], "session_id": "s", "application": {"id": "7", "flags": 0}}
                resumed = {"resume_gateway_url": self.address.replace("http", "ws")}
                await socket.send_json({"op": EVENT, "t": "READY", "s": 1, "d": {**ready, **resumed, "shard": [0, 1]}})
                self.connected.set()
        return socket


def _json(told: Any, status: int = 200) -> web.Response:
    """Discord names no character set, and discord.py takes nothing else for JSON."""
    return web.Response(body=json.dumps(told).encode(), status=status, content_type="application/json")
