"""A third platform, as small as can be: people write lines in one room, the bot writes lines back, all in memory.

What it refuses is set by a test: `refuses` is what the room answers to anything that would be seen by everybody.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

from bots.chat import error_text, wording
from bots.chat.deliveries import Deliveries
from bots.chat.delivery import Delivery
from bots.chat.messenger import Done, Outcome, Refused
from bots.chat.wording import Markup
from bots.console.markup import MARKUP
from core.answers import commands, replies
from core.answers.cards import Card
from core.chat.services import Services
from core.jobs import Job
from core.making import prompts
from core.people import Actor, Person, Place

PLATFORM = "room"
PLACE = Place("room:1", PLATFORM, id="the room", channel="the room")


@dataclass
class Room:
    """What everybody reads, by message id, and what each is told alone."""

    lines: dict[str, str] = field(default_factory=dict)
    whispers: list[tuple[str, str]] = field(default_factory=list)
    edits: list[str] = field(default_factory=list)
    refuses: Refused | None = None
    deaf: bool = False
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def write(self, text: str, message: str | None = None) -> Outcome:
        """Post a line, or put it in place of another one."""
        if self.refuses is not None:
            return self.refuses
        if message is not None and message not in self.lines:
            return Refused.GONE
        message = message or f"m{next(self.numbers)}"
        self.lines[message] = text
        return Done(message)

    def whisper(self, user: str, text: str) -> bool:
        """Tell one person alone."""
        if not self.deaf:
            self.whispers.append((user, text))
        return not self.deaf


@dataclass(frozen=True)
class RoomMessenger:
    """See `bots.chat.messenger.Messenger`."""

    room: Room
    markup: Markup = MARKUP

    async def place(self, job: Job, text: str) -> Outcome:
        return self.room.write(text)

    async def progress(self, job: Job, text: str) -> None:
        self.room.edits.append(text)
        self.room.write(text, job.address.placeholder)

    async def show(self, job: Job, card: Card) -> Outcome:
        return self.room.write(line(card), job.address.placeholder)

    async def complete(self, job: Job, card: Card, shown: Done) -> None:
        """Nothing: the link is all there is."""

    async def hand(self, job: Job, card: Card, text: str) -> bool:
        return self.room.whisper(job.asker_id, f"{text} {line(card)}")

    async def tell(self, job: Job, kind: str, text: str) -> bool:
        return self.room.whisper(job.asker_id, text)

    async def remove(self, job: Job) -> None:
        self.room.lines.pop(job.address.placeholder or "", None)

    async def invite(self, place: Place, message: str) -> None:
        """Nothing: the room has no reactions."""


@dataclass
class RoomPlatform:
    """The room as a platform: lines in, lines out."""

    services: Services
    room: Room
    messenger: RoomMessenger = field(init=False)
    deliveries: Deliveries = field(init=False)
    events: Iterator[int] = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        self.messenger = RoomMessenger(self.room)
        delivery = Delivery(self.services.studio, self.services.desk.card, self.messenger, every=0.01)
        self.deliveries = Deliveries(self.services.studio, delivery)

    async def hear(self, user: str, text: str) -> None:
        """Somebody writes a line."""
        actor = Actor(Person(PLATFORM, "", user, user), PLACE)
        try:
            invocation = commands.parse(text)
            if invocation.verb == "kick":
                await self._order(actor, prompts.parse(invocation.rest))
            else:
                await self._answer(actor, await self.services.desk.answer(actor, invocation))
        except Exception as error:
            self.room.whisper(user, wording.sentence(MARKUP, error_text.sentence(error)))

    async def _order(self, actor: Actor, request: prompts.Request) -> None:
        for job in await self.services.studio.order(actor, request, event_id=f"e{next(self.events)}"):
            self.deliveries.start(job)

    async def _answer(self, actor: Actor, reply: replies.Reply) -> None:
        match reply:
            case replies.Shown():
                posted = self.room.write(line(reply.entry.card))
                if isinstance(posted, Done) and posted.message:
                    await self.services.showing.posted(actor, posted.message, reply.entry.card.ref)
            case replies.Page():
                entries = [
                    f"{entry.card.name}: {', '.join(wording.about(MARKUP, entry, reply.kind))}"
                    for entry in reply.entries
                ]
                shown = entries or [wording.empty_page(MARKUP, reply)]
                self.room.write("\n".join([wording.page_heading(MARKUP, reply), *shown]))
            case replies.Kicks():
                kicks = [line(card) for card in reply.shown] or [wording.no_kicks(MARKUP)]
                self.room.whisper(actor.person.id, "\n".join([wording.kicks_heading(MARKUP, reply), *kicks]))
            case replies.OwnKick():
                self.room.whisper(actor.person.id, line(reply.card))
            case replies.Question():
                self.room.whisper(actor.person.id, f"{reply.text} {reply.label}: {reply.confirm}")
            case _:
                self.room.whisper(actor.person.id, wording.text(MARKUP, reply, 10_000))


def line(card: Card) -> str:
    """A card in one line."""
    return " · ".join(filter(None, (card.name, card.prompt, card.tone, card.audio.url if card.audio else "")))
