"""Discord put in its place: logged in, connected, and at the end left without losing a kick."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from logging import getLogger

import discord

from bots.discord import troubles
from bots.discord.client import KickbotClient
from core import errors

log = getLogger(__name__)

GRACE = 30.0
"""Seconds that running kicks get to be posted when the process is to end."""

PATIENCE = 15.0
"""Seconds between two tries to log in."""


@asynccontextmanager
async def running(client: KickbotClient, token: str) -> AsyncIterator[None]:
    """Listen and answer while the block lasts. Raises `errors.BadSetting` where Discord refuses the token."""
    async with client:
        connecting = asyncio.create_task(_connect(client, token, logged_in=await log_in(client, token)))
        connecting.add_done_callback(_ended)
        try:
            yield
        finally:
            await client.leave(GRACE)
            connecting.cancel()
            with suppress(asyncio.CancelledError, *troubles.FAILURES):
                await connecting


async def log_in(client: discord.Client, token: str) -> bool:
    """Log in; False where Discord cannot be reached now. Raises `errors.BadSetting` where it refuses the token."""
    try:
        await client.login(token)
    except discord.LoginFailure:
        problem = "Discord refuses it; the page Bot in the developer portal gives a new one"
        raise errors.BadSetting(name="DISCORD_TOKEN", problem=problem) from None
    except troubles.FAILURES as error:
        log.warning("Discord cannot be reached for now: %s", error)
        await client.http.close()
        return False
    return True


async def _connect(client: KickbotClient, token: str, *, logged_in: bool) -> None:
    while not logged_in:
        await asyncio.sleep(PATIENCE)
        logged_in = await log_in(client, token)
    await client.connect()


def _ended(connecting: asyncio.Task[None]) -> None:
    if not connecting.cancelled() and (error := connecting.exception()):
        log.error("Kickbot is no longer connected to Discord", exc_info=error)
