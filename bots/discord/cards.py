"""Cards as Discord shows them."""

from bots.chat import actions, wording
from bots.chat.wording import Markup
from bots.discord import markup
from bots.discord.message import ROW, Message, rows_of
from core.answers.cards import Card

SAVE = "💾"
PLACES = ROW * actions.ROWS


def of_take(marks: Markup, card: Card) -> Message:
    """A kick just made: its sound and picture, what to know of it, what to do with it."""
    return Message(text(marks, card), card.audio, rows_of(actions.of_take(card).within(PLACES)), shows=card.ref)


def of_kick(marks: Markup, card: Card) -> Message:
    """A kick of one's library, for oneself."""
    return Message(text(marks, card), card.audio, rows_of(actions.of_kick(card).within(PLACES)))


def of_preset(marks: Markup, card: Card) -> Message:
    """A preset shown to others."""
    return Message(text(marks, card), card.audio, rows_of(actions.of_preset(card).within(PLACES)), shows=card.ref)


def of_any(marks: Markup, card: Card) -> Message:
    """Whatever it is."""
    return {"take": of_take, "kick": of_kick, "preset": of_preset}[card.ref.kind](marks, card)


def text(marks: Markup, card: Card) -> str:
    """What is written above the sound."""
    links = [marks.link("WAV", card.audio.url)] if card.audio else []
    small = (wording.origin(marks, card, *links), *wording.remarks(marks, card))
    lines = (wording.title(marks, card), " · ".join(wording.facts(card)), *map(markup.small, small))
    return "\n".join(filter(None, lines))
