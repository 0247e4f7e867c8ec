"""Which buttons stand below a card, an entry of a list and a question, the same on every platform."""

import sys
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

Kind = Literal["play", "save", "again", "share", "delete", "turn", "confirm", "more"]

Below = Literal["card", "shared", "own", "kept", "linked"]
"""What buttons stand below, as the value of *More* calls it: a card, or an entry of a list."""

ROWS = 2
"""Rows of buttons below a card, at most."""


@dataclass(frozen=True, slots=True)
class Action:
    """A button. What it does is a command, or for `again` the take."""

    kind: Kind
    label: str
    does: Invocation | Ref
    how: How = "tell"
    emoji: str = ""
    danger: bool = False


@dataclass(frozen=True, slots=True)
class Buttons:
    """All that can be done with a thing where it is shown, what is wanted most first.

    New ones are added at the end: what *More* holds is counted from the start. What depends on the message that it
    stands below, as a moderator's Delete does, is not to get there.
    """

    below: Below
    ref: Ref
    actions: tuple[Action, ...]

    def within(self, places: int, start: int = 0) -> tuple[Action, ...]:
        """Those from `start` on, in so many places: where these do not do, the last is *More*, which tells the rest.

        Where there are none from there on, as those of an older version may have been more, it is all of them.
        """
        left = self.actions[start:] or self.actions
        if len(left) <= places:
            return left
        following = len(self.actions) - len(left) + places - 1
        more = Invocation("buttons", f"{self.ref} {self.below} {following}")
        return (*left[: places - 1], Action("more", "More", more))


def of_more(reply: replies.More, places: int) -> tuple[Action, ...]:
    """What stands behind *More*."""
    below, _, start = reply.behind.partition(" ")
    return _of(reply.thing, below).within(places, int(start) if start.isdecimal() and len(start) < 5 else 0)


def commands_of(reply: replies.More) -> Sequence[Invocation]:
    """The same as commands, for where there are no buttons."""
    found = (action.does for action in of_more(reply, sys.maxsize))
    return [does for does in found if isinstance(does, Invocation)]


def of_card(card: Card) -> Buttons:
    """Below a card, by what it shows."""
    match card.ref.kind:
        case "take":
            return of_take(card)
        case "kick":
            return of_kick(card)
        case "preset":
            return of_preset(card)


def of_take(card: Card) -> Buttons:
    """Below a kick just made."""
    again = Action("again", "Again", card.ref, "again", "🔁")
    return Buttons("card", card.ref, (save(card), again, _delete("delete", card)))


def of_kick(card: Card) -> Buttons:
    """Below a kick of one's library, shown to oneself."""
    return Buttons("card", card.ref, (_delete("delete", card),))


def of_preset(card: Card) -> Buttons:
    """Below a preset shown to others."""
    return Buttons("card", card.ref, (save(card),) if card.audio else ())


def take_down(card: Card) -> Action:
    """Takes down the card of a preset, for whoever has had it posted and for moderators; the preset stays."""
    return _delete("delete", card)


def of_entry(entry: replies.Entry, kind: replies.PageKind) -> Buttons:
    """In a list of that kind."""
    return of_own(entry) if kind == "mine" else of_shared(entry)


def of_shared(entry: replies.Entry) -> Buttons:
    """In a list of what is shared, which everybody there uses, whoever has asked for it."""
    card = entry.card
    found = (_play("presets show", card, "post"), save(card)) if card.audio else ()
    return Buttons("shared", card.ref, found)


def of_own(entry: replies.Entry) -> Buttons:
    """In a list of one's own presets."""
    ref = str(entry.card.ref)
    share = Action("share", "Share", Invocation("presets share", ref))
    unshare = Action("share", "Unshare", Invocation("presets unshare", ref))
    play = (_play("presets show", entry.card, "tell"),) if entry.card.audio else ()
    found = (*play, unshare if entry.shared else share, _delete("presets delete", entry.card))
    return Buttons("own", entry.card.ref, found)


def of_kept(card: Card) -> Buttons:
    """In a list of one's own kicks."""
    play = (_play("kicks", card, "tell"),) if card.audio else ()
    keep = (save(card),) if card.audio and card.ref.kind == "take" else ()
    return Buttons("kept", card.ref, (*play, *keep, _delete("delete", card)))


def of_linked(card: Card) -> Buttons:
    """The same with a link to hear it by, where nothing can be played to one person alone."""
    return Buttons("linked", card.ref, tuple(action for action in of_kept(card).actions if action.kind != "play"))


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


def _of(thing: Card | replies.Entry, below: str) -> Buttons:
    match thing, below:
        case Card(), "kept":
            return of_kept(thing)
        case Card(), "linked":
            return of_linked(thing)
        case Card(), _:
            return of_card(thing)
        case _, "own":
            return of_own(thing)
        case _, "shared":
            return of_shared(thing)
        case _:
            return of_card(thing.card)


def _play(verb: Literal["presets show", "kicks"], card: Card, how: How) -> Action:
    return Action("play", "Play here", Invocation(verb, str(card.ref)), how, "▶️")


def _delete(verb: Literal["delete", "presets delete"], card: Card) -> Action:
    return Action("delete", "Delete", Invocation(verb, str(card.ref)), emoji="🗑️")
