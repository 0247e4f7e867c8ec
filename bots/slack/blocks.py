"""What a message is to be, before Slack has it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ContextBlock,
    DividerBlock,
    HeaderBlock,
    ImageBlock,
    MarkdownTextObject,
    PlainTextObject,
    SectionBlock,
)

from bots.chat.actions import Action

LONGEST_LABEL = 75
LONGEST_TEXT = 3000
ROW = 5
"""Buttons in a row that most screens have room for."""


@dataclass(frozen=True, slots=True)
class Message:
    """A message: `text` is for notifications and where blocks are not shown, in Slack's markup."""

    text: str
    blocks: tuple[Block, ...] = ()

    @property
    def without_pictures(self) -> "Message":
        """The same where Slack cannot load a picture."""
        return replace(self, blocks=tuple(block for block in self.blocks if not isinstance(block, ImageBlock)))

    def payload(self) -> dict[str, Any]:
        """What every way of sending takes."""
        return {"text": self.text[:LONGEST_TEXT], "blocks": [block.to_dict() for block in self.blocks]}


def text_message(text: str, *more: Block) -> Message:
    """A message of one text, in Slack's markup, with more below it."""
    return Message(text, (section(text), *more))


def section(text: str) -> SectionBlock:
    """Text in Slack's markup. `verbatim` keeps Slack from making mentions and links of what looks like some."""
    return SectionBlock(text=MarkdownTextObject(text=text[:LONGEST_TEXT], verbatim=True))


def context_block(*texts: str) -> ContextBlock:
    """Lines in small letters, at most ten."""
    return ContextBlock(elements=[MarkdownTextObject(text=text[:LONGEST_TEXT], verbatim=True) for text in texts[:10]])


def header(text: str) -> HeaderBlock:
    """A heading, of plain text."""
    return HeaderBlock(text=PlainTextObject(text=text[:150], emoji=False))


def divider() -> DividerBlock:
    """A line."""
    return DividerBlock()


def rows_of(buttons: Sequence[ButtonElement]) -> list[Block]:
    """Buttons beside each other, five in a row."""
    starts = range(0, len(buttons), ROW)
    return [ActionsBlock(elements=list(buttons[start : start + ROW])) for start in starts]


def button_element(action: Action) -> ButtonElement:
    """A button; all there is to know stands in its value, and nothing waits for a press."""
    return ButtonElement(
        text=PlainTextObject(text=f"{action.emoji} {action.label}".strip()[:LONGEST_LABEL], emoji=True),
        action_id=f"{action.how}:{_slug(action.label)}",
        value=str(action.does),
        style="danger" if action.danger else None,
    )


def _slug(label: str) -> str:
    """The label in small letters of ASCII, short enough for the 255 characters of an `action_id`."""
    return re.sub(r"[^a-z0-9]+", "-", label.lower()).strip("-")[:50] or "button"


def link_button(label: str, url: str) -> ButtonElement:
    """A button that opens a link."""
    return ButtonElement(text=PlainTextObject(text=label, emoji=True), action_id=f"open:{label.lower()}", url=url)
