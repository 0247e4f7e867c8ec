"""Discord's side of the process, where a token says that it is wanted; without one its library is not needed."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import util

from bots import output
from bots.composition.kickbot import Kickbot
from bots.settings import Settings
from core import errors


@asynccontextmanager
async def joined(settings: Settings, kickbot: Kickbot) -> AsyncIterator[None]:
    """Listen and answer while the block lasts. Raises `errors.BadSetting`."""
    token = _token(settings)
    from bots.discord import client, start  # noqa: PLC0415  # brings all of discord.py

    bot = client.KickbotClient(kickbot.services, kickbot.notifications, settings.discord_command)
    async with start.running(bot, token):
        yield


async def sync(settings: Settings) -> int:
    """`kickbot discord-sync`: register the commands. Raises `errors.BadSetting`, `DiscordUnreachable`."""
    token = _token(settings)
    from bots.discord import start  # noqa: PLC0415  # brings all of discord.py

    names = await start.sync_commands(token, settings.discord_command)
    output.write(f"Discord knows these commands now: {', '.join(names)}.\n")
    return 0


def _token(settings: Settings) -> str:
    if settings.discord_token is None:
        raise errors.BadSetting(name="DISCORD_TOKEN", problem="is not set; the developer portal gives one")
    if util.find_spec("discord") is None:
        raise errors.BadSetting(name="DISCORD_TOKEN", problem="needs discord.py: `pip install kickbot[discord]`")
    return settings.discord_token.get_secret_value()
