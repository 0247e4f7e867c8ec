"""Cards as Discord shows them."""

from bots.chat import actions
from bots.discord import markup
from bots.discord.message import ROW, Sheet, rows_of
from core.answers.cards import Card

SAVE = "💾"
PLACES = ROW * actions.ROWS


def of_take(card: Card) -> Sheet:
    """A kick just made: its sound and picture, what to know of it, what to do with it."""
    return Sheet(text(card), card.audio, rows_of(actions.of_take(card).within(PLACES)), shows=card.ref)


def of_kick(card: Card) -> Sheet:
    """A kick of one's library, for oneself."""
    return Sheet(text(card), card.audio, rows_of(actions.of_kick(card).within(PLACES)))


def of_preset(card: Card) -> Sheet:
    """A preset shown to others."""
    return Sheet(text(card), card.audio, rows_of(actions.of_preset(card).within(PLACES)), shows=card.ref)


def of_any(card: Card) -> Sheet:
    """Whatever it is."""
    return {"take": of_take, "kick": of_kick, "preset": of_preset}[card.ref.kind](card)


def text(card: Card) -> str:
    """What is written above the sound."""
    facts = " · ".join(filter(None, (card.tone, card.length, card.level)))
    link = markup.link("WAV", card.audio.url) if card.audio else ""
    origin = " · ".join(filter(None, (markup.name(card.made), f"for {markup.name(card.maker)}", link)))
    lines = [_title(card), facts, markup.small(origin)]
    return "\n".join([*filter(None, lines), *(markup.small(markup.name(remark)) for remark in card.remarks)])


def _title(card: Card) -> str:
    name = f"**{markup.name(card.name)}**"
    return f"{name} · {_prompt(card)}" if card.prompt else name


def _prompt(card: Card) -> str:
    """The prompt; words that did nothing are struck out."""
    ignored = set(card.recipe.ignored or ()) if card.recipe else set()
    words = ((word in ignored, markup.name(word)) for word in card.prompt.split())
    return " ".join(f"~~{shown}~~" if struck else shown for struck, shown in words)
