"""Cards as Discord shows them."""

from bots.chat import actions, wording
from bots.chat.wording import Markup
from bots.discord import markup
from bots.discord.message import ROW, Message, rows_of
from core.answers.cards import Card

SAVE = "💾"
PLACES = ROW * actions.ROWS

LONGEST = 1800
"""Characters of a card: Discord takes 2,000 with what may stand above it."""


def message(marks: Markup, card: Card) -> Message:
    """The card with its sound and picture, and with what can be done with it."""
    below = actions.of_card(card).within(PLACES)
    if card.ref.kind == "preset":
        below = (*below[: PLACES - 1], actions.take_down(card))
    buttons = rows_of(below)
    return Message(text(marks, card), card.audio, buttons, card.ref, wording.pictured(card))


def text(marks: Markup, card: Card) -> str:
    """What is written above the sound; of the remarks, as many as there is room for."""
    links = [marks.link("WAV", card.audio.url)] if card.audio else []
    top = (
        wording.title(marks, card),
        " · ".join(wording.facts(card)),
        markup.small(wording.origin(marks, card, *links)),
    )
    lines = [line for line in top if line]
    for remark in map(markup.small, wording.remarks(marks, card)):
        if len("\n".join((*lines, remark))) > LONGEST:
            return "\n".join((*lines, markup.small("…")))
        lines.append(remark)
    return "\n".join(lines)
