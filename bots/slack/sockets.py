"""Slack's way in over a WebSocket that we open: no public address is needed."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from logging import getLogger

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp

from bots.slack import troubles
from bots.slack.api import Api
from core import errors

log = getLogger(__name__)

PING_SECONDS = 10.0
RETRY_SECONDS = 5.0


@asynccontextmanager
async def connected(app: AsyncApp, api: Api, app_token: str) -> AsyncIterator[None]:
    """Listen while the block lasts; the connection is made again whenever it ends.

    Raises `errors.BadSetting` where Slack does not take the token. Where Slack cannot be reached, it is asked again.
    """
    handler = AsyncSocketModeHandler(app, app_token, web_client=api.client(), ping_interval=PING_SECONDS)
    connecting = asyncio.create_task(_connect(handler))
    try:
        await asyncio.wait([connecting], timeout=RETRY_SECONDS)
        if connecting.done():
            connecting.result()
        yield
    finally:
        connecting.cancel()
        await handler.client.close()  # type: ignore[no-untyped-call]  # of the SDK
        await handler.client.aiohttp_client_session.close()


async def _connect(handler: AsyncSocketModeHandler) -> None:
    while True:
        try:
            await handler.client.connect()  # type: ignore[no-untyped-call]  # of the SDK
        except troubles.FAILURES as error:
            if troubles.code(error) in troubles.REVOKED:
                problem = f"Slack does not take it ({troubles.code(error)})"
                raise errors.BadSetting(name="SLACK_APP_TOKEN", problem=problem) from error
            log.warning("no connection to Slack for now: %s", error)
            await asyncio.sleep(RETRY_SECONDS)
        else:
            return
