"""What a chat platform can do, not how: the port that each platform implements."""

from dataclasses import dataclass
from enum import Enum, auto
from typing import Protocol

from bots.chat.wording import Markup
from core.answers.cards import Card
from core.jobs import Job
from core.people import Place


@dataclass(frozen=True, slots=True)
class Done:
    """It is done. `message` is the message that shows it, None where the place shows none.

    `sound` is the file of the sound where the platform gives that an id of its own.
    """

    message: str | None = None
    sound: str | None = None


class Refused(Enum):
    """Not done, and why."""

    GONE = auto()
    """Somebody has deleted the message."""
    FORBIDDEN = auto()
    """It is not allowed there, or there is no such place any more."""
    LATER = auto()
    """Too many requests, or the platform is out of order: it may work in a while."""


Outcome = Done | Refused


class Messenger(Protocol):
    """Shows what becomes of jobs. Texts are in the platform's markup. Nothing here raises what the platform answers."""

    @property
    def markup(self) -> Markup:
        """How the platform writes text."""

    async def place(self, job: Job, text: str) -> Outcome:
        """Post the placeholder of a queued job that has none yet, if the platform has not done that already."""

    async def progress(self, job: Job, text: str) -> None:
        """Put a line in place of what the placeholder says; one that does not get through is left out."""

    async def show(self, job: Job, card: Card) -> Outcome:
        """Show the card with its sound in the job's place, by whatever way is open."""

    async def complete(self, job: Job, card: Card, shown: Done) -> str | None:
        """Finish what can be seen only after the card; the id of one more message that shows the kick."""

    async def hand(self, job: Job, card: Card, text: str) -> bool:
        """Show the card to the asker alone, below the text; False where no way is open."""

    async def tell(self, job: Job, kind: str, text: str) -> bool:
        """Tell the asker alone; False where no way is open. `kind` says to programs what it is about."""

    async def remove(self, job: Job) -> None:
        """Remove the placeholder, where there is one."""

    async def invite(self, place: Place, message: str) -> None:
        """Put 💾 below a card, for others to do the same, where the bot may."""
