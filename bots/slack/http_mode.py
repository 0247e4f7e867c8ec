"""Slack's way in over HTTP: requests for `/slack/...`, checked and handed to Bolt."""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response
from slack_bolt.async_app import AsyncApp
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.signature import SignatureVerifier

EVENTS = "/slack/events"
INSTALL = "/slack/install"
REDIRECT = "/slack/oauth_redirect"

LONGEST_STAMP = 12
"""Digits of a time in seconds, for the next 30,000 years."""

Handle = Callable[[AsyncBoltRequest], Awaitable[BoltResponse]]


@dataclass(slots=True)
class HttpMode:
    """Routes that are there from the start; they answer 503, upon which Slack comes again, while there is no `app`.

    What is not signed with `secret`, or not just now, is refused before anybody reads it. Without a `flow` nobody can
    install the app; Bolt's own would come about from the environment alone, and leave tokens in files.
    """

    secret: str
    app: AsyncApp | None = None
    flow: AsyncOAuthFlow | None = None

    @contextmanager
    def open(self, app: AsyncApp, *, installable: bool) -> Iterator[None]:
        """Let requests in while the block lasts."""
        self.app, self.flow = app, app.oauth_flow if installable else None
        try:
            yield
        finally:
            self.app = self.flow = None

    def routes(self) -> list[web.RouteDef]:
        """What the HTTP app serves."""
        return [
            web.post(EVENTS, self._events),
            web.get(EVENTS, self._checked),
            web.get(INSTALL, self._install),
            web.get(REDIRECT, self._redirect),
        ]

    async def _events(self, request: web.Request) -> web.Response:
        app = self._opened()
        stamp, signature = (request.headers.get(f"X-Slack-{name}", "") for name in ("Request-Timestamp", "Signature"))
        body = (await request.read()).decode(errors="replace")
        dated = stamp.isdecimal() and len(stamp) <= LONGEST_STAMP
        if not (dated and SignatureVerifier(self.secret).is_valid(body, stamp, signature)):
            raise web.HTTPUnauthorized
        return await _handled(app.async_dispatch, request)

    async def _checked(self, request: web.Request) -> web.Response:
        """Slack asks now and then whether the certificate is good, without a signature."""
        if request.query.get("ssl_check") != "1":
            raise web.HTTPMethodNotAllowed(request.method, ["POST"])
        return web.Response()

    async def _install(self, request: web.Request) -> web.Response:
        return await _handled(self._flow().handle_installation, request)

    async def _redirect(self, request: web.Request) -> web.Response:
        return await _handled(self._flow().handle_callback, request)

    def _opened(self) -> AsyncApp:
        if self.app is None:
            raise web.HTTPServiceUnavailable
        return self.app

    def _flow(self) -> AsyncOAuthFlow:
        self._opened()
        if self.flow is None:
            raise web.HTTPNotFound
        return self.flow


async def _handled(handle: Handle, request: web.Request) -> web.Response:
    body = (await request.read()).decode(errors="replace")
    headers: dict[str, str | Sequence[str]] = dict(request.headers.items())
    response = await handle(AsyncBoltRequest(body=body, query=request.query_string, headers=headers))
    return await to_aiohttp_response(response)
