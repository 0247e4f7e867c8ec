"""What people are told of a place in which Slack does not let the bot post."""

from slack_sdk.errors import SlackApiError

from bots.slack import api_errors
from bots.slack.api_errors import ErrorKind
from core.people import Place

INVITE = "I am not in this channel. `/invite` me, and kicks play right here"
STRANGER = "I am not part of this conversation, so kicks cannot play right here"
ARCHIVED = "This channel is archived: nobody can post here"
RESTRICTED = "Only some may post in this channel, and I am not among them"
SCOPE = "I lack the permission {scope} in this workspace: whoever manages apps here can install me again with it"
ELSE = "Slack does not let me post here"


def reason(place: Place, error: Exception) -> str:
    """Why nothing can be posted there, and what can be done about it; in Slack's markup, without a full stop."""
    code = api_errors.code(error)
    if code == "missing_scope":
        return SCOPE.format(scope=f"`{_needed(error)}`")
    if code == "is_archived":
        return ARCHIVED
    if code.startswith("restricted_action"):
        return RESTRICTED
    if api_errors.classify(error) is ErrorKind.ABSENT:
        return STRANGER if place.private else INVITE
    return ELSE


def avoidable(error: Exception) -> bool:
    """Whether a response URL is a way around it: neither membership nor a scope is asked of those."""
    return api_errors.classify(error) is ErrorKind.ABSENT or api_errors.code(error) == "missing_scope"


def _needed(error: Exception) -> str:
    return str(error.response.get("needed", "")) if isinstance(error, SlackApiError) else ""
