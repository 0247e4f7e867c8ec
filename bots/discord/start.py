"""Runs the Discord client: logs in, stays connected, and at the end leaves without losing a kick.

Discord is told which commands there are in a step of its own, not at each start.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from logging import getLogger
from typing import Any

import discord
from discord import app_commands

from bots.discord import api_errors
from bots.discord.client import KickbotClient
from bots.discord.command_tree import Tree
from core import errors

log = getLogger(__name__)

GRACE = 30.0
"""Seconds that running kicks get to be posted when the process is to end."""

RETRIED_EVERY = 15.0
"""Seconds between two tries to log in or to connect."""

REFUSED = "Discord refuses it; the page Bot in the developer portal gives a new one"

BAD_TOKEN = 4004
"""What Discord closes a connection with when the token is no longer good."""


@asynccontextmanager
async def running(client: KickbotClient, token: str) -> AsyncIterator[None]:
    """Listen and answer while the block lasts.

    Raises `errors.BadSetting` where Discord refuses the token or, at any later time, to go on with this application:
    the block is cancelled then.
    """
    async with client:
        logged_in = await log_in(client, token)
        try:
            async with asyncio.TaskGroup() as group:
                connecting = group.create_task(_connect(client, token, logged_in=logged_in))
                try:
                    yield
                finally:
                    await client.leave(GRACE)
                    connecting.cancel()
        except* errors.BadSetting as refused:
            raise refused.exceptions[0] from None


async def log_in(client: discord.Client, token: str) -> bool:
    """Log in; False where Discord cannot be reached now. Raises `errors.BadSetting` where it refuses the token."""
    try:
        await client.login(token)
    except discord.LoginFailure:
        raise errors.BadSetting(name="DISCORD_TOKEN", problem=REFUSED) from None
    except api_errors.FAILURES as error:
        log.warning("Discord cannot be reached for now: %s", error)
        await client.http.close()
        client.http.connector = discord.utils.MISSING  # closed with the session, and taken for the next one otherwise
        return False
    return True


async def sync_commands(token: str, command: str) -> list[str]:
    """Log in, register the commands, leave; their names. Raises `errors.BadSetting`, `DiscordUnreachable`."""
    async with discord.Client(intents=discord.Intents(guilds=True)) as client:
        tree = Tree(client, command)
        if not await log_in(client, token):
            raise api_errors.DiscordUnreachable
        return await sync(tree)


async def sync(tree: app_commands.CommandTree[Any]) -> list[str]:
    """Replace the commands that Discord shows by those of the tree; their names."""
    return sorted(command.name for command in await tree.sync())


async def _connect(client: KickbotClient, token: str, *, logged_in: bool) -> None:
    """Log in and stay connected.

    Raises `errors.BadSetting` where Discord refuses that for good, and what has ended the client otherwise: a process
    that no longer hears Discord is to end. While it leaves anyway nothing may be raised, or it would not finish that.
    """
    while not logged_in:
        await asyncio.sleep(RETRIED_EVERY)
        logged_in = await log_in(client, token)
    while not client.is_closed():
        try:
            await client.connect()
        except Exception as error:
            if client.surface.closing.is_set():
                return
            if isinstance(error, discord.ConnectionClosed | discord.PrivilegedIntentsRequired):
                raise _refused(error) from None
            if client.is_closed():
                raise
            log.warning("Discord cannot be reached for now: %r", error)
            await asyncio.sleep(RETRIED_EVERY)


def _refused(error: discord.DiscordException) -> errors.BadSetting:
    problem = f"Discord has ended the connection for good ({error})"
    if isinstance(error, discord.ConnectionClosed) and error.code == BAD_TOKEN:
        problem = REFUSED
    return errors.BadSetting(name="DISCORD_TOKEN", problem=problem)
