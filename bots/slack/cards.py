"""Cards in Block Kit."""

import ipaddress
from urllib.parse import urlsplit

from slack_sdk.models.blocks import Block, ImageBlock

from bots.chat import actions, wording
from bots.chat.actions import Buttons
from bots.chat.wording import Markup
from bots.slack import blocks
from bots.slack.blocks import Message
from core.answers.cards import Card

NOT_PUBLIC = ("localhost", ".localhost", ".local", ".internal", ".test", ".invalid")


def message(marks: Markup, card: Card) -> Message:
    """The card with what can be done with it. Slack plays nothing to one person alone: there its link is heard."""
    known = " · ".join(wording.facts(card))
    shown: list[Block] = [blocks.section("\n".join(filter(None, (wording.title(marks, card), known))))]
    if card.audio is not None and card.audio.picture_url is not None and reachable(card.audio.picture_url):
        shown.append(ImageBlock(image_url=card.audio.picture_url, alt_text=f"Waveform of {card.name}"))
    shown.append(blocks.context_block(wording.origin(marks, card), *wording.remarks(marks, card)))
    told = ": ".join(filter(None, (marks.name(card.name), known)))
    return Message(told, (*shown, *buttons(card, actions.of_card(card), actions.ROWS)))


def reachable(url: str) -> bool:
    """Whether Slack's servers can load the URL: they fetch pictures themselves, and know no private networks."""
    host = (urlsplit(url).hostname or "").lower()
    if "." not in host or host.endswith(NOT_PUBLIC):
        return False
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        return True


def buttons(card: Card, found: Buttons, rows: int) -> list[Block]:
    """The actions, and a link to the sound, in so many rows at most."""
    links = [blocks.link_button("WAV", card.audio.url)] if card.audio else []
    shown = found.within(rows * blocks.ROW - len(links))
    return blocks.rows_of([*map(blocks.button_element, shown), *links])
