"""Slack's way in over a WebSocket that we open: no public address is needed."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from logging import getLogger

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp

from bots.slack import troubles
from bots.slack.api import Api
from core import errors

log = getLogger(__name__)

PING_SECONDS = 10.0
PATIENCE_SECONDS = 5.0
"""How long the start waits for the first connection; it comes about later too."""


@asynccontextmanager
async def connected(app: AsyncApp, api: Api, app_token: str) -> AsyncIterator[None]:
    """Listen while the block lasts; the connection is made again whenever it ends.

    Raises `errors.BadSetting` where Slack does not take the token. Where Slack cannot be reached, it is asked again.
    """
    handler = AsyncSocketModeHandler(app, app_token, web_client=api.client(), ping_interval=PING_SECONDS)
    connecting: asyncio.Task[None] | None = None
    try:
        handler.client.wss_uri = await _address(api, app_token)
        connecting = asyncio.create_task(handler.client.connect())  # type: ignore[no-untyped-call]  # of the SDK
        await asyncio.wait([connecting], timeout=PATIENCE_SECONDS)
        yield
    finally:
        if connecting is not None:
            connecting.cancel()
            with suppress(asyncio.CancelledError):
                await connecting
        await handler.client.close()  # type: ignore[no-untyped-call]  # of the SDK
        await handler.client.aiohttp_client_session.close()


async def _address(api: Api, app_token: str) -> str | None:
    """Where to connect; None where Slack does not tell for now. The SDK asks for ever and takes no refusal."""
    try:
        return str((await api.client().apps_connections_open(app_token=app_token))["url"])
    except troubles.FAILURES as error:
        if troubles.code(error) not in troubles.REVOKED:
            log.warning("no connection to Slack for now: %s", error)
            return None
        problem = f"Slack does not take it ({troubles.code(error)})"
        raise errors.BadSetting(name="SLACK_APP_TOKEN", problem=problem) from error
