"""Cards in Block Kit."""

import ipaddress
from urllib.parse import urlsplit

from slack_sdk.models.blocks import Block, ImageBlock

from bots.chat import actions
from bots.chat.actions import Buttons
from bots.slack import blocks, markup
from bots.slack.blocks import Sheet
from core.answers.cards import Card

NOT_PUBLIC = ("localhost", ".localhost", ".local", ".internal", ".test", ".invalid")


def of_take(card: Card) -> Sheet:
    """A kick just made: what to know of it and what to do with it."""
    return _sheet(card, actions.of_take(card))


def of_kick(card: Card) -> Sheet:
    """A kick of one's library, for oneself. To hear it there is its link: Slack plays nothing to one person alone."""
    return _sheet(card, actions.of_kick(card))


def of_preset(card: Card) -> Sheet:
    """A preset shown to others."""
    return _sheet(card, actions.of_preset(card))


def of_any(card: Card) -> Sheet:
    """Whatever it is."""
    return {"take": of_take, "kick": of_kick, "preset": of_preset}[card.ref.kind](card)


def title(card: Card) -> str:
    """Name and prompt; words that did nothing are struck out."""
    shown = f"*{markup.name(card.name)}*"
    return f"{shown} · {_prompt(card)}" if card.prompt else shown


def facts(card: Card) -> str:
    """Note, length and level, as far as they are known."""
    return " · ".join(filter(None, (card.tone, card.length, card.level)))


def reachable(url: str) -> bool:
    """Whether Slack's servers can load the URL: they fetch pictures themselves, and know no private networks."""
    host = (urlsplit(url).hostname or "").lower()
    if "." not in host or host.endswith(NOT_PUBLIC):
        return False
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        return True


def _sheet(card: Card, found: Buttons) -> Sheet:
    known = facts(card)
    shown: list[Block] = [blocks.section("\n".join(filter(None, (title(card), known))))]
    if card.audio is not None and card.audio.picture_url is not None and reachable(card.audio.picture_url):
        shown.append(ImageBlock(image_url=card.audio.picture_url, alt_text=f"Waveform of {card.name}"))
    origin = " · ".join(filter(None, (markup.name(card.made), f"for {markup.name(card.maker)}")))
    shown.append(blocks.small(origin, *(markup.text(remark) for remark in card.remarks)))
    told = ": ".join(filter(None, (markup.name(card.name), known)))
    return Sheet(told, (*shown, *buttons(card, found, actions.ROWS)))


def buttons(card: Card, found: Buttons, rows: int) -> list[Block]:
    """The actions, and a link to the sound, in so many rows at most."""
    links = [blocks.opening("WAV", card.audio.url)] if card.audio else []
    shown = found.within(rows * blocks.ROW - len(links))
    return blocks.rows_of([*(blocks.key(action) for action in shown), *links])


def _prompt(card: Card) -> str:
    ignored = set(card.recipe.ignored or ()) if card.recipe else set()
    words = ((word, markup.name(word)) for word in card.prompt.split())
    return " ".join(f"~{shown}~" if word in ignored else shown for word, shown in words)
