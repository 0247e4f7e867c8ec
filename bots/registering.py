"""`kickbot discord-sync`: tell Discord which commands there are."""

import sys
from importlib import util

from bots.settings import Settings
from core import errors


async def run(settings: Settings) -> int:
    """Register the commands. Raises `errors.BadSetting` where there is no token or no library for it."""
    if settings.discord_token is None:
        raise errors.BadSetting(name="DISCORD_TOKEN", problem="is not set; the developer portal gives one")
    if util.find_spec("discord") is None:
        raise errors.BadSetting(
            name="DISCORD_TOKEN", problem="needs discord.py; `pip install kickbot[discord]` adds it"
        )
    from bots.discord import syncing  # noqa: PLC0415  # brings all of discord.py

    names = await syncing.sync_commands(settings.discord_token.get_secret_value(), settings.discord_command)
    sys.stdout.write(f"Discord knows these commands now: {', '.join(names)}.\n")
    return 0
