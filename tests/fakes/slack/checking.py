"""What Slack refuses in blocks: what its SDK's models refuse, too many, too long, pictures that it cannot load."""

import json
from typing import Any
from urllib.parse import urlsplit

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block

from tests.fakes.slack.world import Refusal, buttons

MOST = {"message": 50, "view": 100}
LONGEST_TEXT = 40_000
OUT_OF_REACH = ("localhost", "127.0.0.1", "10.0.0.7", "kick.local", "down.example", None)


def blocks(given: object, kind: str = "message") -> list[dict[str, Any]]:
    """The blocks as they would be kept. Raises `invalid_blocks` with Slack's kind of explanation."""
    found = json.loads(given) if isinstance(given, str) else (given or [])
    if not isinstance(found, list) or len(found) > MOST[kind]:
        raise Refusal("invalid_blocks", response_metadata={"messages": ["too many blocks"]})
    for block in found:
        _check(block)
    for button in buttons(found):
        if not (0 < len(button["text"]["text"]) <= 75 and len(button.get("value", "")) <= 2000):
            raise Refusal("invalid_blocks", response_metadata={"messages": ["a button is too long"]})
    if not all(0 < len(button["action_id"]) <= 255 and button["action_id"].isascii() for button in buttons(found)):
        raise Refusal("invalid_blocks", response_metadata={"messages": ["an action_id is too long, or no ASCII"]})
    ids = [button["action_id"] for block in found for button in buttons(block)]
    if any(len(set(each)) < len(each) for each in ([b["action_id"] for b in buttons(block)] for block in found)):
        raise Refusal("invalid_blocks", response_metadata={"messages": [f"an action_id stands twice: {ids}"]})
    return found


def text(given: object) -> str:
    """The text as it would be kept."""
    if not isinstance(given, str) or len(given) > LONGEST_TEXT:
        raise Refusal("msg_too_long")
    return given


def _check(block: dict[str, Any]) -> None:
    try:
        [parsed] = Block.parse_all([block])
        parsed.validate_json()
    except (SlackObjectFormationError, ValueError) as error:
        raise Refusal("invalid_blocks", response_metadata={"messages": [str(error)]}) from error
    if block["type"] == "section" and not 0 < len((block.get("text") or {"text": "fields"})["text"]) <= 3000:
        raise Refusal("invalid_blocks", response_metadata={"messages": ["a section's text has 1 to 3000 characters"]})
    if block["type"] == "context" and not 0 < len(block["elements"]) <= 10:
        raise Refusal("invalid_blocks", response_metadata={"messages": ["a context has 1 to 10 elements"]})
    if block["type"] == "actions" and not 0 < len(block["elements"]) <= 25:
        raise Refusal("invalid_blocks", response_metadata={"messages": ["actions have 1 to 25 elements"]})
    if block["type"] == "image" and urlsplit(block["image_url"]).hostname in OUT_OF_REACH:
        raise Refusal("invalid_blocks", response_metadata={"messages": ["downloading image failed"]})
