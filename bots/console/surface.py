"""The console as a platform: commands in, cards out."""

import asyncio
from dataclasses import dataclass
from uuid import uuid4

from bots import failures
from bots.console.playing import Player
from bots.console.screen import Screen
from bots.delivering import Deliveries
from core import commands, errors, prompts, replies
from core.cards import Card
from core.desk import Desk
from core.engine import Progress
from core.jobs import Job
from core.kicks import Take
from core.people import Actor, Person
from core.sound import reading, terminal

WAVE_WIDTH, WAVE_HEIGHT = 64, 4


@dataclass(slots=True)
class Console:
    """Answers whoever speaks at a console: `actor`, who changes with a line such as `/as bob`."""

    desk: Desk
    actor: Actor
    screen: Screen
    player: Player | None = None

    async def run(self, line: str) -> bool:
        """Do what the line says and show the answer; False where that did not work."""
        try:
            if name := speaker(line):
                self.speak_as(name)
                return True
            invocation = commands.parse(line)
            if invocation.verb != "kick":
                await self._answer(invocation)
                return True
            request = prompts.parse(invocation.rest)
            jobs = await self.desk.studio.order(self.actor, request, event_id=uuid4().hex)
        except Exception as error:
            self._refuse(error)
            return False
        return await self._deliver_all(jobs)

    def spoken_by(self, name: str) -> Actor:
        """Somebody called `name` here, with the rights of anybody."""
        return Actor(Person("console", "", name, name), self.actor.place)

    def speak_as(self, name: str) -> None:
        """From now on `name` speaks."""
        self.actor = self.spoken_by(name)
        self.screen.reply(replies.Notice("speaker", f"You speak as {name} now."))

    async def deliver(self, job: Job) -> bool:
        """Make the kick and show it, or say why not; False where there is none."""
        try:
            take = await self._make(job)
            card = await self.desk.card(take, job.asker)
            sound = await self._sound(card)
            self.screen.card(card, await _sketch(sound))
            await self.desk.studio.delivered(job, uuid4().hex)
            await self._play(card, sound)
        except Exception as error:
            self._refuse(error)
            return False
        return True

    @property
    def deliveries(self) -> Deliveries:
        """What takes over from an earlier console of this folder."""
        return Deliveries(self.desk.studio, self.actor.place.application, self.deliver)

    async def _deliver_all(self, jobs: list[Job]) -> bool:
        actor = self.actor
        try:
            with self.desk.studio.holding(*jobs):
                return all([await self.deliver(job) for job in jobs])
        except asyncio.CancelledError:
            for job in jobs:
                await self.desk.studio.cancel(job, actor)
            raise

    async def _make(self, job: Job) -> Take:
        async for step in self.desk.studio.make(job):
            if isinstance(step, Progress):
                self.screen.progress(job.prompt, step)
            else:
                return step
        raise errors.KickbotError(detail=f"job {job.id} ended without a take")

    async def _answer(self, invocation: commands.Invocation) -> None:
        reply = await self.desk.answer(self.actor, invocation)
        if not isinstance(reply, replies.Shown):
            self.screen.reply(reply)
            return
        card = reply.entry.card
        sound = await self._sound(card)
        self.screen.posted(reply, await _sketch(sound))
        await self.desk.showing.posted(self.actor, uuid4().hex, card.ref)
        await self._play(card, sound)

    async def _sound(self, card: Card) -> bytes | None:
        """The sound, to draw and to play; a card is shown without where it cannot be had."""
        try:
            return await self.desk.studio.files.fetch(card.audio.path) if card.audio else None
        except errors.StorageFailed:
            return None

    async def _play(self, card: Card, sound: bytes | None) -> None:
        if self.player and card.audio and sound:
            await self.player.play(sound, card.audio.file_name)

    def _refuse(self, error: Exception) -> None:
        kind = type(error).__name__ if isinstance(error, errors.KickbotError) else "Unexpected"
        self.screen.refusal(kind, failures.sentence(error))


def speaker(line: str) -> str | None:
    """The name in a line such as `/as bob`, None in any other."""
    first, _, name = line.strip().removeprefix("/").partition(" ")
    return name.strip() or None if first.lower() == "as" and line.strip().startswith("/") else None


async def _sketch(sound: bytes | None) -> list[str]:
    """The waveform, nothing for what cannot be read."""
    return await asyncio.to_thread(_drawn, sound) if sound else []


def _drawn(sound: bytes) -> list[str]:
    try:
        return terminal.sketch(reading.read(sound), WAVE_WIDTH, WAVE_HEIGHT)
    except errors.BadSound:
        return []
