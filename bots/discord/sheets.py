"""What a message is to be, before Discord has it."""

from dataclasses import dataclass
from typing import Literal

from core.cards import Audio
from core.commands import Invocation
from core.refs import Ref

How = Literal["tell", "post", "turn"]
"""What pressing a key does with the answer: tell whoever pressed, post it, or put it in place of the message."""


@dataclass(frozen=True, slots=True)
class Key:
    """A button: when pressed, `does` is answered. Keys of one row stand beside each other, up to five."""

    label: str
    does: Invocation
    how: How = "tell"
    row: int = 0
    emoji: str | None = None
    danger: bool = False


@dataclass(frozen=True, slots=True)
class Again:
    """The button that makes one more kick from the words of a take."""

    take: Ref


@dataclass(frozen=True, slots=True)
class Sheet:
    """A message: its text in Discord's markup, the sound to attach with its picture, its buttons, what it shows."""

    text: str
    audio: Audio | None = None
    keys: tuple[Key | Again, ...] = ()
    shows: Ref | None = None
