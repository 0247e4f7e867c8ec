"""Modal's servers on the loopback: they speak the real protocol to the real client."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any, Protocol

from aiohttp import web
from grpclib import GRPCError, Status
from grpclib.const import Handler
from grpclib.server import Server, Stream
from modal._utils.grpc_utils import custom_detail_codec
from modal_proto import api_pb2
from modal_proto.api_grpc import ModalClientBase

TOKEN = ("ak-loopback", "as-loopback")


class _Calls(ModalClientBase):
    """The calls of the protocol and the types of what is sent; its methods are never run."""


_Calls.__abstractmethods__ = frozenset()


class Answers(Protocol):
    """What is behind the servers: answers by the name of the call, and what can be fetched from blob storage."""

    blobs: dict[str, bytes]

    def known(self) -> dict[str, Callable[[Any], Awaitable[Any]]]:
        """The calls it knows. An answer of None is an empty one."""


class ModalServer:
    """A call that is not known is refused and kept in `unknown`, for the test to fail on.

    Calls named in `refusals` fail with that status; those in `silent` are never answered.
    """

    def __init__(self, answers: Answers) -> None:
        """Serve `answers`; see `listen`."""
        self.requests: list[str] = []
        self.unknown: list[str] = []
        self.refusals: dict[str, Status] = {}
        self.silent: set[str] = set()
        self._blobs = answers.blobs
        self._blob_url = ""
        self._known: dict[str, Callable[[Any], Awaitable[Any]]] = {"BlobGet": self._locate_blob, **answers.known()}

    @contextlib.asynccontextmanager
    async def listen(self, port: int = 0) -> AsyncIterator[str]:
        """Serve until the block ends; the value is the server's URL."""
        async with self._serve_blobs() as self._blob_url:
            server = Server([self], status_details_codec=custom_detail_codec)
            await server.start("127.0.0.1", port)
            try:
                yield f"http://127.0.0.1:{_port_of(server._server)}"
            finally:
                server.close()
                await server.wait_closed()

    def __mapping__(self) -> dict[str, Handler]:
        """What grpclib dispatches by: every call of the protocol."""
        return {path: self._handled(path, handler) for path, handler in _Calls().__mapping__().items()}  # type: ignore[abstract]

    def _handled(self, path: str, handler: Handler) -> Handler:
        name = path.rpartition("/")[2]

        async def handle(stream: Stream[Any, Any]) -> None:
            self.requests.append(name)
            self._admit(name, dict(stream.metadata or {}))
            if name in self.silent:
                await asyncio.Event().wait()
            answer = await self._known[name](await stream.recv_message())
            await stream.send_message(handler.reply_type() if answer is None else answer)

        return handler._replace(func=handle)

    def _admit(self, name: str, metadata: dict[str, Any]) -> None:
        if name not in self._known:
            self.unknown.append(name)
            raise GRPCError(Status.UNIMPLEMENTED, f"the loopback Modal does not know {name}")
        if (metadata.get("x-modal-token-id"), metadata.get("x-modal-token-secret")) != TOKEN:
            raise GRPCError(Status.UNAUTHENTICATED, "Token validation failed")
        if name in self.refusals:
            raise GRPCError(self.refusals[name], f"{name} is refused by the test")

    async def _locate_blob(self, request: api_pb2.BlobGetRequest) -> api_pb2.BlobGetResponse:
        return api_pb2.BlobGetResponse(download_url=f"{self._blob_url}/{request.blob_id}")

    @contextlib.asynccontextmanager
    async def _serve_blobs(self) -> AsyncIterator[str]:
        async def fetch(request: web.Request) -> web.Response:
            return web.Response(body=self._blobs[request.match_info["blob"]])

        http = web.Application()
        http.router.add_get("/{blob}", fetch)
        runner = web.AppRunner(http)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        try:
            yield f"http://127.0.0.1:{_port_of(site._server)}"
        finally:
            await runner.cleanup()


def _port_of(server: Any) -> int:
    port: int = server.sockets[0].getsockname()[1]
    return port
