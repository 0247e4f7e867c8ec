"""Cards in Block Kit."""

from slack_sdk.models.blocks import Block, ImageBlock

from bots.chat import actions, links, wording
from bots.chat.actions import Buttons
from bots.chat.wording import Markup
from bots.slack import blocks
from bots.slack.blocks import Message
from core.answers.cards import Card


def message(marks: Markup, card: Card) -> Message:
    """The card with what can be done with it. Slack loads the picture itself, and knows no private networks."""
    known = " · ".join(wording.facts(card))
    shown: list[Block] = [blocks.section("\n".join(filter(None, (wording.title(marks, card), known))))]
    if card.audio is not None and card.audio.picture_url is not None and links.reachable(card.audio.picture_url):
        shown.append(ImageBlock(image_url=card.audio.picture_url, alt_text=wording.pictured(card)))
    shown.append(blocks.context_block(wording.origin(marks, card), *wording.remarks(marks, card)))
    told = ": ".join(filter(None, (marks.name(card.name), known)))
    return Message(told, (*shown, *buttons(card, actions.of_card(card), actions.ROWS)))


def buttons(card: Card, found: Buttons, rows: int) -> list[Block]:
    """The actions, and a link to the sound where that leads anywhere, in so many rows at most."""
    linked = [blocks.link_button("WAV", card.audio.url)] if card.audio and has_link(card) else []
    shown = found.within(rows * blocks.ROW - len(linked))
    return blocks.rows_of([*map(blocks.button_element, shown), *linked])


def has_link(card: Card) -> bool:
    """Whether whoever reads can hear the card by its link."""
    return card.audio is not None and links.reachable(card.audio.url)
