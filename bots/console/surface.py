"""The console as a platform: commands in, cards out."""

from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

from bots.chat import error_text, wording
from bots.chat.background import repeat
from bots.chat.deliveries import Deliveries
from bots.chat.delivery import Delivery
from bots.console import own_commands, saving
from bots.console.markup import MARKUP
from bots.console.messenger import ConsoleMessenger
from bots.console.playing import Player
from bots.console.screen import Screen
from core import errors
from core.answers import commands, replies
from core.chat.services import Services
from core.jobs import Job
from core.making import prompts
from core.people import Actor, Person

LONGEST_NAME = 64
"""Letters in the name of somebody who speaks here."""

EDITED_EVERY = 0.1
"""Seconds between two lines of progress: a terminal does not mind."""


@dataclass(slots=True)
class Console:
    """Answers whoever speaks at a console: `actor`, who changes with a line such as `/as bob`.

    With `folder` each sound that is shown is written to it, too.

    A line that is cancelled leaves the kicks of it, `making`, to the next process; `cancel` stops them for good.
    """

    services: Services
    actor: Actor
    screen: Screen
    player: Player | None = None
    folder: Path | None = None
    making: list[Job] = field(default_factory=list)
    unwritten: list[errors.NotWritten] = field(default_factory=list)

    @property
    def messenger(self) -> ConsoleMessenger:
        """What shows cards and sounds here."""
        return ConsoleMessenger(self.screen, self.services.files, self.player, self.folder, self.unwritten)

    async def run(self, line: str) -> bool:
        """Do what the line says and show the answer; False where that did not work.

        Raises `errors.OutputLost` where nothing more can be shown.
        """
        self.unwritten.clear()
        worked = await self._run(line)
        if self.screen.lost is not None:
            raise self.screen.lost
        return worked and not self.unwritten

    async def _run(self, line: str) -> bool:
        try:
            match own_commands.read(line):
                case own_commands.SpeakAs(name):
                    self.speak_as(name)
                    return True
                case own_commands.SaveFile(text):
                    await self._save_file(text)
                    return True
            invocation = commands.parse_slashed(line, own_commands.NAMES)
            if invocation.verb != "kick":
                await self._answer(invocation)
                return True
            request = prompts.parse(invocation.rest)
            jobs = await self.services.studio.order(self.actor, request, event_id=uuid4().hex)
        except Exception as error:
            self._refuse(error)
            return False
        return await self._deliver_all(jobs)

    def spoken_by(self, name: str) -> Actor:
        """Somebody called `name` here, with the rights of anybody. Raises `errors.NameTooLong`."""
        if len(name) > LONGEST_NAME:
            raise errors.NameTooLong(longest=LONGEST_NAME)
        return Actor(Person("console", "", name, name), self.actor.place)

    def speak_as(self, name: str) -> None:
        """From now on `name` speaks."""
        self.actor = self.spoken_by(name)
        self.screen.reply(replies.Notice("speaker", f"You speak as {name} now."))

    @property
    def delivery(self) -> Delivery:
        """How a job gets to its card."""
        return Delivery(self.services.studio, self.services.desk.card, self.messenger, EDITED_EVERY, patient=False)

    @property
    def deliveries(self) -> Deliveries:
        """What delivers jobs beside the lines that are typed."""
        return Deliveries(self.services.studio, self.delivery)

    async def take_over(self, deliveries: Deliveries) -> None:
        """Go on with what earlier consoles of this folder have left, until cancelled."""
        application = self.actor.place.application
        await repeat(lambda: deliveries.take_over(application), deliveries.pause, "nothing is taken over for now")

    async def _deliver_all(self, jobs: list[Job]) -> bool:
        self.making = jobs
        with self.services.studio.holding(*jobs):
            delivery = self.delivery
            worked = all([await delivery(job) for job in jobs])
        self.making = []
        return worked

    async def cancel(self) -> None:
        """Stop the kicks of the line that was cancelled. They stay counted: the engine was at work."""
        try:
            for job in self.making:
                await self.services.studio.cancel(job, self.actor)
        except Exception as error:
            self._refuse(error)
        self.making = []

    async def _save_file(self, text: str) -> None:
        which, where = saving.parted(text)
        try:
            ref = await self.services.library.meant(self.actor, which)
        except errors.NothingCalled as error:
            raise errors.NoSuchTake from error
        audio = await self.services.hearing.audio(self.actor, ref)
        sound = await self.services.files.fetch(audio.path)
        if sound is None:
            raise errors.SoundGone
        file = await saving.written(sound, audio.file_name, where)
        self.screen.reply(replies.Notice("written", f"Written to {file}"))

    async def _answer(self, invocation: commands.Invocation) -> None:
        reply = await self.services.desk.answer(self.actor, invocation)
        match reply:
            case replies.Shown():
                card = reply.entry.card
                self.screen.posted(reply, await self.messenger.sketch(card), await self.messenger.written(card))
                await self.services.showing.posted(self.actor, uuid4().hex, card.ref)
                await self.messenger.play(card)
            case replies.OwnKick():
                card = reply.card
                self.screen.card(card, await self.messenger.sketch(card), await self.messenger.written(card))
                await self.messenger.play(card)
            case _:
                self.screen.reply(reply)

    def _refuse(self, error: Exception) -> None:
        self.screen.refusal(error_text.kind(error), wording.sentence(MARKUP, error_text.sentence(error)))
