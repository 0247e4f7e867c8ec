"""The few answers of Discord's HTTP interface that logging in and registering commands need, on this machine."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

TOKEN = "a.good.token"
ME = {"id": "7", "username": "Kickbot", "discriminator": "0", "avatar": None, "global_name": None, "bot": True}


@dataclass
class DiscordServer:
    """Takes `TOKEN` and no other; `commands` are those that were registered, each `PUT` replacing all."""

    commands: list[dict[str, Any]] = field(default_factory=list)
    address: str = ""

    @asynccontextmanager
    async def serving(self) -> AsyncIterator["DiscordServer"]:
        app = web.Application(middlewares=[self._signed])
        app.router.add_get("/users/@me", self._me)
        app.router.add_get("/oauth2/applications/@me", self._application)
        app.router.add_put("/applications/7/commands", self._register)
        runner = web.AppRunner(app)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self.address = f"http://127.0.0.1:{runner.addresses[0][1]}"
        yield self
        await runner.cleanup()

    @web.middleware
    async def _signed(self, request: web.Request, handler: Any) -> web.StreamResponse:
        if request.headers.get("Authorization") != f"Bot {TOKEN}":
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


def _json(told: Any, status: int = 200) -> web.Response:
    """Discord names no character set, and discord.py takes nothing else for JSON."""
    return web.Response(body=json.dumps(told).encode(), status=status, content_type="application/json")
