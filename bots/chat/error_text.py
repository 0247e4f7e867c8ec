"""The one place where errors become words for a user and lines in the log."""

from logging import getLogger
from secrets import token_hex

from core import errors

log = getLogger(__name__)


def sentence(error: Exception) -> str:
    """What a user reads of `error`. One that we do not know is logged whole, under an id that the sentence names."""
    if isinstance(error, errors.KickbotError):
        if error.detail:
            log.warning("%s: %s", type(error).__name__, error.detail)
        return error.sentence
    number = token_hex(4)
    log.error("error %s", number, exc_info=error)
    return f"Something went wrong that should not have (error {number}). Nothing that you saved is lost."


def kind(error: Exception) -> str:
    """What a program reads of `error`."""
    return type(error).__name__ if isinstance(error, errors.KickbotError) else "Unexpected"
