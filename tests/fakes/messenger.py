"""A platform that shows what it is given, or refuses it."""

import asyncio
from dataclasses import dataclass, field

from bots.chat.messenger import Done, Outcome
from bots.chat.wording import Markup
from bots.console.markup import MARKUP
from core.answers.cards import Card
from core.jobs import Job
from core.people import Place

PLACED, SHOWN = Done("placeholder-1"), Done("message-1", "sound-1")


@dataclass
class FakeMessenger:
    """Notes in `done` what it is asked for. `placed` and `shown` are its answers to the placeholder and the card.

    `reaches` tells whether the asker can be told anything alone.
    """

    placed: Outcome = PLACED
    shown: Outcome = SHOWN
    completed: str | None = None
    reaches: bool = True
    done: list[tuple[str, str]] = field(default_factory=list)
    markup: Markup = MARKUP
    asked: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def names(self) -> list[str]:
        """What it was asked for, but for progress."""
        return [name for name, _ in self.done if name != "progress"]

    def told(self, name: str) -> str:
        """The one text with which it was asked for that."""
        [text] = [text for asked, text in self.done if asked == name]
        return text

    async def place(self, job: Job, text: str) -> Outcome:
        self.done.append(("place", text))
        return self.placed

    async def progress(self, job: Job, text: str) -> None:
        self.done.append(("progress", text))
        self.asked.set()

    async def show(self, job: Job, card: Card) -> Outcome:
        self.done.append(("show", job.address.placeholder or ""))
        return self.shown

    async def complete(self, job: Job, card: Card, shown: Done) -> str | None:
        self.done.append(("complete", shown.message or ""))
        return self.completed

    async def hand(self, job: Job, card: Card, text: str) -> bool:
        self.done.append(("hand", text))
        return self.reaches

    async def tell(self, job: Job, kind: str, text: str) -> bool:
        self.done.append(("tell", f"{kind}: {text}"))
        return self.reaches

    async def remove(self, job: Job) -> None:
        self.done.append(("remove", job.address.placeholder or ""))

    async def invite(self, place: Place, message: str) -> None:
        self.done.append(("invite", message))
