"""What it means when Slack refuses a request."""

from enum import Enum, auto

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError

FAILURES = (SlackClientError, aiohttp.ClientError, OSError, TimeoutError)
"""What a request may end with."""

ABSENT = frozenset({"not_in_channel", "channel_not_found"})
GONE = frozenset({"message_not_found", "thread_not_found"})
FIXED = frozenset({"cant_update_message", "edit_window_closed"})
DELETED = frozenset({"message_not_found", "file_not_found", "file_deleted"})
PASSING = frozenset({"ratelimited", "fatal_error", "internal_error", "service_unavailable", "request_timeout"})
REVOKED = frozenset({"token_revoked", "account_inactive", "invalid_auth", "not_authed", "token_expired"})


class ErrorKind(Enum):
    """A refusal, by what can be done about it."""

    ABSENT = auto()
    """The bot is not in the channel, or does not see it."""
    GONE = auto()
    """The message was deleted."""
    FIXED = auto()
    """The message is there, but can be edited no more."""
    BLOCKS = auto()
    """Something in the blocks is refused: most often a picture that Slack cannot load."""
    CLOSED = auto()
    """It is not allowed: an archived channel, a missing scope, a token that was revoked."""
    LATER = auto()
    """Too many requests, Slack's own trouble or the network's: it may work in a while."""


NAMED = ((ErrorKind.ABSENT, ABSENT), (ErrorKind.GONE, GONE), (ErrorKind.FIXED, FIXED), (ErrorKind.LATER, PASSING))


def classify(error: Exception) -> ErrorKind:
    """What has happened."""
    name = code(error)
    for kind, names in NAMED:
        if name in names:
            return kind
    if name.startswith("invalid_blocks") or name == "invalid_attachments":
        return ErrorKind.BLOCKS
    return ErrorKind.CLOSED if name else ErrorKind.LATER


def code(error: Exception) -> str:
    """Slack's name of the error, empty where Slack has not said anything that can be read."""
    data = getattr(error.response, "data", None) if isinstance(error, SlackApiError) else None
    return str(data.get("error", "")) if isinstance(data, dict) else ""


def retry_after(error: Exception) -> float:
    """Seconds until Slack takes such a request again, where it has said so; else 0."""
    headers = getattr(error.response, "headers", None) if isinstance(error, SlackApiError) else None
    told = {name.lower(): value for name, value in (headers or {}).items()}.get("retry-after", "")
    return float(told) if str(told).isdecimal() else 0.0
