"""What it means when Discord refuses a request."""

from enum import Enum, auto

import aiohttp
import discord

from core import errors

UNKNOWN_CHANNEL = 10003
UNKNOWN_MESSAGE = 10008
UNKNOWN_WEBHOOK = 10015
UNKNOWN_INTERACTION = 10062
ENTITY_TOO_LARGE = 40005
ALREADY_ACKNOWLEDGED = 40060
INVALID_TOKEN = 50027
BLOCKED_MESSAGE = 200000
BLOCKED_TITLE = 200001

FAILURES = (discord.DiscordException, aiohttp.ClientError, OSError, TimeoutError)
"""What a request may end with."""


class DiscordUnreachable(errors.KickbotError):
    """Discord cannot be reached at the moment. Nothing was changed; please try again in a minute."""


class Blocked(errors.KickbotError):
    """AutoMod, the moderation that is set here, does not let this be shown. Nothing was changed."""


class ErrorKind(Enum):
    """A refusal, by what can be done about it."""

    GONE = auto()
    """The message was deleted."""
    EXPIRED = auto()
    """The interaction is over: 15 minutes have passed."""
    TOO_LARGE = auto()
    """The files are more than the place takes."""
    FORBIDDEN = auto()
    """It is not allowed there, or there is no such place any more."""
    BLOCKED = auto()
    """AutoMod does not let its text be shown: it reads what answers somebody who has installed the app alone."""
    LATER = auto()
    """Too many requests, Discord's own trouble or the network's: it may work in a while."""


def classify(error: Exception) -> ErrorKind:
    """What has happened."""
    if not isinstance(error, discord.HTTPException):
        return ErrorKind.FORBIDDEN if isinstance(error, discord.DiscordException) else ErrorKind.LATER
    if error.code == UNKNOWN_MESSAGE:
        return ErrorKind.GONE
    if error.code in (UNKNOWN_WEBHOOK, UNKNOWN_INTERACTION, INVALID_TOKEN):
        return ErrorKind.EXPIRED
    if error.code in (BLOCKED_MESSAGE, BLOCKED_TITLE):
        return ErrorKind.BLOCKED
    if error.status == 413 or error.code == ENTITY_TOO_LARGE:
        return ErrorKind.TOO_LARGE
    return ErrorKind.LATER if error.status == 429 or error.status >= 500 else ErrorKind.FORBIDDEN


def closed(error: Exception) -> bool:
    """Whether the channel was deleted, with all that was in it."""
    return isinstance(error, discord.HTTPException) and error.code == UNKNOWN_CHANNEL
