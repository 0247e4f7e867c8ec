"""Slack's way in over a WebSocket that we open: no public address is needed."""

import asyncio
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from logging import Filter, Formatter, LogRecord, getLogger

import aiohttp
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.socket_mode.aiohttp import SocketModeClient

from bots.slack import api_errors
from bots.slack.api import Api
from core import errors

log = getLogger(__name__)
client_log = getLogger(f"{__name__}.client")

PING_SECONDS = 10.0
CONNECTED_WITHIN = 5.0
"""How long the start waits for the first connection; it comes about later too."""

TICKET = re.compile(r"(ticket=)[^&\s'\"]+")


class Discreet(Filter):
    """Keeps the ticket, with which anybody could listen in our place, out of the log."""

    def filter(self, record: LogRecord) -> bool:
        """Let the record pass without tickets, of which its traceback may speak too."""
        record.msg, record.args = _hidden(record.getMessage()), ()
        if record.exc_info:
            record.exc_text, record.exc_info = _hidden(Formatter().formatException(record.exc_info)), None
        return True


def _hidden(text: str) -> str:
    return TICKET.sub(r"\1***", text)


@asynccontextmanager
async def connected(app: AsyncApp, api: Api, app_token: str, ping: float = PING_SECONDS) -> AsyncIterator[None]:
    """Listen while the block lasts; the connection is made again whenever it ends.

    `ping` is seconds between two signs of life, and before another attempt to connect. Raises `errors.BadSetting` where
    Slack does not take the token. Where Slack cannot be reached, it is asked again.
    """
    connecting: asyncio.Task[None] | None = None
    with _discreet():
        handler = AsyncSocketModeHandler(app, app_token, client_log, api.client(), ping_interval=ping)
        await _renew(handler.client)
        try:
            handler.client.wss_uri = await _address(api, app_token)
            connecting = asyncio.create_task(handler.client.connect())  # type: ignore[no-untyped-call]  # of the SDK
            await asyncio.wait([connecting], timeout=CONNECTED_WITHIN)
            yield
        finally:
            if connecting is not None:
                connecting.cancel()
                with suppress(asyncio.CancelledError):
                    await connecting
            await handler.client.close()  # type: ignore[no-untyped-call]  # of the SDK
            await handler.client.aiohttp_client_session.close()


@contextmanager
def _discreet() -> Iterator[None]:
    discreet = Discreet()
    client_log.addFilter(discreet)
    try:
        yield
    finally:
        client_log.removeFilter(discreet)


async def _renew(client: SocketModeClient) -> None:
    """Let the client ask for an address before each attempt.

    An address is good for one attempt, and the SDK tries the same one for ever: here it forgets it on its first use.
    """

    async def used(*_: object) -> None:
        client.wss_uri = None

    tracing = aiohttp.TraceConfig()
    tracing.on_request_start.append(used)
    await client.aiohttp_client_session.close()
    client.aiohttp_client_session = aiohttp.ClientSession(trace_configs=[tracing])


async def _address(api: Api, app_token: str) -> str | None:
    """Where to connect; None where Slack does not tell for now. The SDK asks for ever and takes no refusal."""
    try:
        return str((await api.client().apps_connections_open(app_token=app_token))["url"])
    except api_errors.FAILURES as error:
        if api_errors.code(error) not in api_errors.REVOKED:
            log.warning("no connection to Slack for now: %s", error)
            return None
        problem = f"Slack does not take it ({api_errors.code(error)})"
        raise errors.BadSetting(name="SLACK_APP_TOKEN", problem=problem) from error
