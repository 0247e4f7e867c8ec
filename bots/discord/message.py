"""What a message is to be, before Discord has it."""

from collections.abc import Iterable
from dataclasses import dataclass

from bots.chat.actions import Action
from core.answers.cards import Audio
from core.refs import Ref


@dataclass(frozen=True, slots=True)
class Button:
    """A button, by its label and row. Those of one row stand beside each other, up to five."""

    action: Action
    label: str
    row: int = 0


ROW = 5
"""Buttons beside each other, at most."""


def rows_of(actions: Iterable[Action], row: int = 0) -> tuple[Button, ...]:
    """The actions as buttons beside each other, from that row on."""
    return tuple(Button(action, action.label, row + place // ROW) for place, action in enumerate(actions))


@dataclass(frozen=True, slots=True)
class Message:
    """A message: its text in Discord's markup, the sound to attach with its picture, its buttons, what it shows.

    `pictured` is what the picture shows, for those who do not see it.
    """

    text: str
    audio: Audio | None = None
    buttons: tuple[Button, ...] = ()
    shows: Ref | None = None
    pictured: str | None = None
