"""Socket Mode: envelopes over WebSockets, each to one of the connections, and the acknowledgements that come back."""

import asyncio
import json
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from aiohttp import WSMsgType, web

from tests.fakes.slack.world import World


@dataclass
class Sockets:
    """The connections that are open, and the envelopes that nobody has acknowledged yet."""

    world: World
    open: list[web.WebSocketResponse] = field(default_factory=list)
    waiting: dict[str, asyncio.Future[dict[str, Any]]] = field(default_factory=dict)
    connected: asyncio.Event = field(default_factory=asyncio.Event)

    async def connect(self, request: web.Request) -> web.StreamResponse:
        """A bot connects, with a ticket that is good for once."""
        ticket = request.query.get("ticket", "")
        taken = ticket in self.world.tickets
        self.world.tickets.discard(ticket)
        if self.world.failures["link"]:
            return web.Response(status=self.world.failures["link"].popleft().status)
        if not taken:
            return web.Response(status=403)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"type": "hello", "num_connections": 1, "connection_info": {"app_id": "A1"}})
        self.open.append(socket)
        self.connected.set()
        async for message in socket:
            if message.type == WSMsgType.TEXT:
                self._acknowledged(json.loads(message.data))
        self.open.remove(socket)
        return socket

    async def send(self, kind: str, payload: dict[str, Any], attempt: int = 0) -> dict[str, Any]:
        """Deliver an envelope; what the bot answers, which must come within three seconds."""
        await asyncio.wait_for(self.connected.wait(), 5)
        number = str(uuid4())
        self.waiting[number] = asyncio.get_running_loop().create_future()
        envelope = {"type": kind, "envelope_id": number, "payload": payload, "accepts_response_payload": True}
        if attempt:
            envelope |= {"retry_attempt": attempt, "retry_reason": "timeout"}
        await self.open[-1].send_json(envelope)
        return await asyncio.wait_for(self.waiting[number], 3)

    async def disconnect(self) -> None:
        """Ask the bot to come back, as Slack does now and then, and end the connection."""
        self.connected.clear()
        for socket in list(self.open):
            await socket.send_json({"type": "disconnect", "reason": "refresh_requested"})

    def _acknowledged(self, answer: dict[str, Any]) -> None:
        waiting = self.waiting.pop(answer["envelope_id"])
        if not waiting.done():
            waiting.set_result(answer)
