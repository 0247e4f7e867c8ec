"""What an answer holds, apart from how a platform shows it."""

from dataclasses import dataclass
from typing import Literal

from core.answers.account import Forgotten, LinkCode, Linked, Status, Unlinked
from core.answers.cards import Card
from core.answers.commands import Command, Invocation
from core.identities import Notification
from core.library.browsing import Query
from core.messages import Posted
from core.people import PlaceSettings


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence for the one who asked. `kind` says of what: `shared`, for example."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Saved:
    """A preset that is in the asker's library now; it is not `fresh` where it was there before."""

    card: Card
    fresh: bool
    text: str


@dataclass(frozen=True, slots=True)
class Deleted:
    """Something is gone; `posted` are the messages that showed it, gone as far as the text says nothing else."""

    text: str
    posted: tuple[Posted, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """Something to be agreed to: then `confirm` is to be done. `label` is for the button that does it."""

    text: str
    label: str
    confirm: Invocation


PageKind = Literal["browse", "mine"]
"""What a page lists: presets shared here, which everybody there uses, or the asker's own."""

MOST_KICKS = 20
"""Kicks on a page, where a platform has room for so many."""


@dataclass(frozen=True, slots=True)
class Kicks:
    """The asker's library, which holds `kept` of at most `limit` kicks, and takes that are not in it, newest first.

    Of all of them, takes first, the page `number` is to be shown, with at most `size`. Pages are counted from 1.
    """

    library: tuple[Card, ...]
    takes: tuple[Card, ...]
    limit: int
    number: int = 1
    size: int = MOST_KICKS

    @property
    def kept(self) -> int:
        """How many kicks the library holds."""
        return len(self.library)

    @property
    def found(self) -> tuple[Card, ...]:
        """All of them."""
        return (*self.takes, *self.library)

    @property
    def start(self) -> int:
        """How many of them are on pages before this one."""
        return (self.number - 1) * self.size

    @property
    def shown(self) -> tuple[Card, ...]:
        """Those of this page."""
        return self.found[self.start : self.start + self.size]

    @property
    def next(self) -> Invocation | None:
        """Leads to those after these, None where there are none."""
        return Invocation("kicks", str(self.number + 1)) if self.start + self.size < len(self.found) else None

    @property
    def back(self) -> Invocation | None:
        """Leads to those before these, None where there are none."""
        return Invocation("kicks", str(self.number - 1)) if self.number > 1 else None


@dataclass(frozen=True, slots=True)
class OwnKick:
    """A take or a kick of the asker's own, to be heard by nobody else."""

    card: Card


@dataclass(frozen=True, slots=True)
class Entry:
    """A preset in a list.

    `mine` tells whether it is the asker's own, `saved` whether its sound is in their library, `shared` whether its
    owner shows it in this place, `operators` whether everybody sees it everywhere. `saves` counts other accounts.
    """

    card: Card
    saves: int
    mine: bool
    saved: bool
    shared: bool
    operators: bool


@dataclass(frozen=True, slots=True)
class Page:
    """Presets shared here or, for `mine`, the asker's own, filtered and ordered as `query` tells.

    `next` and `back` lead to those after and before them, None where there are none.
    """

    kind: PageKind
    query: Query
    entries: tuple[Entry, ...]
    next: Invocation | None
    back: Invocation | None


@dataclass(frozen=True, slots=True)
class Shown:
    """One preset to post, so that it is heard here and others may save it."""

    entry: Entry


@dataclass(frozen=True, slots=True)
class More:
    """What else can be done with a kick or a preset; `behind` is from where on, as the button says that was pressed."""

    thing: Card | Entry
    behind: str

    @property
    def card(self) -> Card:
        """The card of the thing."""
        return self.thing.card if isinstance(self.thing, Entry) else self.thing


@dataclass(frozen=True, slots=True)
class Settings:
    """What is set for the place."""

    settings: PlaceSettings


@dataclass(frozen=True, slots=True)
class Words:
    """The words that steer the sound; None where the engine does not tell."""

    words: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Help:
    """The commands."""

    commands: tuple[Command, ...]


Account = LinkCode | Linked | Unlinked | Status | Forgotten
"""What is told of the asker's account, to nobody but the asker."""

Text = Notice | Saved | Deleted | More | Settings | Words | Help | Account
"""What is told in words."""

Reply = Text | Question | Kicks | OwnKick | Page | Shown


def notifications(reply: Reply) -> tuple[Notification, ...]:
    """What is to be told to others once the asker has the answer."""
    return reply.notifications if isinstance(reply, Linked | Unlinked | Forgotten) else ()
