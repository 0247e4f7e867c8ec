"""What an answer holds, apart from how a platform shows it."""

from dataclasses import dataclass

from core.cards import Card
from core.commands import Command


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence. `kind` says of what: `deleted`, for example."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Kicks:
    """Recent takes of one account, newest first."""

    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """The words that steer the sound; None where the engine does not tell."""

    words: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Help:
    """The commands."""

    commands: tuple[Command, ...]


Reply = Notice | Kicks | Words | Help
