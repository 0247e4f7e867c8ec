"""SimCord's Discord in another process than the bot: over HTTP and a WebSocket, so that it outlives whoever connects.

discord.py's own client speaks with it once `Route.BASE` is its address. SimCord's routes answer, and its gateway says
which events a bot's intents let through; nothing here decides what Discord would do.
"""

import io
from asyncio import Queue, create_task
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import discord
from aiohttp import web
from simcord import Env
from simcord._clock import Clock
from simcord.backend import serializers
from simcord.backend.errors import BackendError
from simcord.gateway import FakeGateway
from simcord.http import router

from tests.fakes.discord_payloads import Payloads, _nonce
from tests.fakes.discord_server import EVENT, HEARD, HEARTBEAT, HELLO, IDENTIFY, _json

NO_SUCH_SESSION = {"op": 9, "d": False}
RESUME = 6


class WallClock(Clock):
    """The time that it is, as the bot's process has it too."""

    def now(self) -> datetime:
        return datetime.now(UTC)


@dataclass
class Upload:
    """A file of a request, as SimCord reads it."""

    fp: io.BytesIO
    filename: str
    description: str | None = None


@dataclass(frozen=True)
class Line:
    """One connection of the gateway: what it is told waits in `told`. It is what SimCord takes for a bot's state."""

    intents: discord.Intents
    told: Queue[Mapping[str, Any]] = field(default_factory=Queue)

    @property
    def parsers(self) -> "Line":
        return self

    def __getitem__(self, event: str) -> Callable[[Mapping[str, Any]], None]:
        return lambda payload: self.told.put_nowait({"op": EVENT, "t": event, "d": payload})


class FarDiscord:
    """Serves what is in `env`, to which no bot is attached. `address` is the base of the API."""

    def __init__(self) -> None:
        self.env = Env(discord.Client(intents=discord.Intents.none()))
        self.env.backend.clock = WallClock()
        Payloads(self.env).install()
        self.address = ""
        self._sent: dict[tuple[str, str], Any] = {}

    @asynccontextmanager
    async def serving(self) -> AsyncIterator["FarDiscord"]:
        """Serve while the block lasts."""
        app = web.Application(client_max_size=2**25)
        app.router.add_get("/api/v10/gateway/bot", self._gateway)
        app.router.add_get("/connect", self._connect)
        app.router.add_route("*", "/api/v10/{path:.*}", self._call)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        try:
            site = web.TCPSite(runner, "127.0.0.1", 0)
            await site.start()
            self.address = f"http://127.0.0.1:{site.port}/api/v10"
            yield self
        finally:
            await runner.cleanup()

    async def _call(self, request: web.Request) -> web.Response:
        body, files = await _read(request)
        path = request.rel_url.raw_path.removeprefix("/api/v10")
        once = (path, _nonce({"json": body}) or "")
        if once[1] and once in self._sent:
            return _json(self._sent[once])
        try:
            answer = router.dispatch(
                self.env.backend, request.method, path, json=body, params=dict(request.query), files=files
            )
        except BackendError as error:
            return _json(error.to_json(), error.status)
        if once[1]:
            self._sent[once] = answer
        return web.Response(status=204) if answer is None else _json(answer)

    async def _gateway(self, request: web.Request) -> web.Response:
        starts = {"total": 1000, "remaining": 999, "reset_after": 0, "max_concurrency": 1}
        return _json({"url": self._socket, "shards": 1, "session_start_limit": starts})

    @property
    def _socket(self) -> str:
        return self.address.replace("http", "ws").replace("/api/v10", "/connect")

    async def _connect(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"op": HELLO, "d": {"heartbeat_interval": 45_000}})
        async for message in socket:
            match message.json():
                case {"op": int(op)} if op == HEARTBEAT:
                    await socket.send_json({"op": HEARD})
                case {"op": int(op)} if op == RESUME:
                    await socket.send_json(NO_SUCH_SESSION)
                case {"op": int(op), "d": {"intents": int(intents)}} if op == IDENTIFY:
                    await self._tell(socket, Line(discord.Intents._from_value(intents)))
        return socket

    async def _tell(self, socket: web.WebSocketResponse, line: Line) -> None:
        """Say who it is and where, then all that happens, until the connection ends."""
        backend = self.env.backend
        gateway = FakeGateway(backend, line)
        line["READY"](
            {
                "v": 10,
                "user": serializers.user_payload(backend.bot_user),
                "guilds": [{"id": str(guild), "unavailable": True} for guild in backend.guilds],
                "session_id": "far",
                "resume_gateway_url": self._socket,
                "shard": [0, 1],
                "application": {"id": str(backend.application_id), "flags": 0},
            }
        )
        for guild in backend.guilds.values():
            gateway.feed("GUILD_CREATE", serializers.guild_create_payload(backend, guild))
        backend.subscribers.append(gateway.feed)
        sending = create_task(_send(socket, line))
        try:
            async for message in socket:
                if message.json()["op"] == HEARTBEAT:
                    await socket.send_json({"op": HEARD})
        finally:
            backend.subscribers.remove(gateway.feed)
            sending.cancel()


async def _send(socket: web.WebSocketResponse, line: Line) -> None:
    number = 0
    while True:
        number += 1
        await socket.send_json({**await line.told.get(), "s": number})


async def _read(request: web.Request) -> tuple[Any, list[Upload]]:
    """The body as JSON, and the files beside it."""
    if not request.can_read_body:
        return None, []
    if request.content_type == "application/json":
        return await request.json(), []
    form = await request.post()
    files = [part for part in form.values() if isinstance(part, web.FileField)]
    parts = [{"name": name, "value": value} for name, value in form.items() if isinstance(value, str)]
    body, _ = router.parse_form(parts, [])
    return body, [Upload(io.BytesIO(part.file.read()), part.filename) for part in files]
