"""Which buttons stand below a card, an entry of a list and a question, the same on every platform."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from core.answers import replies
from core.answers.cards import Card
from core.answers.commands import Invocation
from core.refs import Ref

How = Literal["tell", "post", "turn", "agree", "again"]
"""What pressing a button does with the answer: tell whoever pressed, post it for everybody there, put it in place of
the message (a page) or of the question that was agreed to; or make one more kick from the words of a take."""

Kind = Literal["play", "save", "again", "share", "delete", "turn", "confirm"]


@dataclass(frozen=True, slots=True)
class Action:
    """A button. What it does is a command, or for `again` the take."""

    kind: Kind
    label: str
    does: Invocation | Ref
    how: How = "tell"
    emoji: str = ""
    danger: bool = False


def of_take(card: Card) -> tuple[Action, ...]:
    """Below a kick just made."""
    return (save(card), Action("again", "Again", card.ref, "again", "🔁"), _delete("delete", card))


def of_kick(card: Card) -> tuple[Action, ...]:
    """Below a kick of one's library, shown to oneself."""
    return (_delete("delete", card),)


def of_preset(card: Card) -> tuple[Action, ...]:
    """Below a preset shown to others."""
    return (save(card),) if card.audio else ()


def of_shared(entry: replies.Entry) -> tuple[Action, ...]:
    """In a list of what is shared, which everybody there uses, whoever has asked for it."""
    return (_play("presets show", entry.card, "post"), save(entry.card)) if entry.card.audio else ()


def of_own(entry: replies.Entry) -> tuple[Action, ...]:
    """In a list of one's own presets."""
    ref = str(entry.card.ref)
    share = Action("share", "Share", Invocation("presets share", ref))
    unshare = Action("share", "Unshare", Invocation("presets unshare", ref))
    play = (_play("presets show", entry.card, "tell"),) if entry.card.audio else ()
    return (*play, unshare if entry.shared else share, _delete("presets delete", entry.card))


def of_kept(card: Card) -> tuple[Action, ...]:
    """In a list of one's own kicks."""
    play = (_play("kicks", card, "tell"),) if card.audio else ()
    keep = (save(card),) if card.audio and card.ref.kind == "take" else ()
    return (*play, *keep, _delete("delete", card))


def of_question(question: replies.Question) -> tuple[Action, ...]:
    """Below a question: nothing happens until it is agreed to."""
    return (Action("confirm", question.label, question.confirm, "agree", danger=True),)


def turns(back: Invocation | None, following: Invocation | None) -> Sequence[Action]:
    """Below a page: to the one before it and the next, where there are such."""
    pages = (("Back", back, "◀️"), ("Next", following, "⏭️"))
    return [Action("turn", label, to, "turn", emoji) for label, to, emoji in pages if to is not None]


def save(card: Card) -> Action:
    """Puts the card's sound into the library of whoever presses it."""
    return Action("save", "Save", Invocation("presets save", str(card.ref)), emoji="💾")


def _play(verb: Literal["presets show", "kicks"], card: Card, how: How) -> Action:
    return Action("play", "Play here", Invocation(verb, str(card.ref)), how, "▶️")


def _delete(verb: Literal["delete", "presets delete"], card: Card) -> Action:
    return Action("delete", "Delete", Invocation(verb, str(card.ref)), emoji="🗑️")
