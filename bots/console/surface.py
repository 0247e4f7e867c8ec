"""The console as a platform: commands in, cards out."""

import asyncio
from dataclasses import dataclass
from uuid import uuid4

from bots import failures
from bots.console.playing import Player
from bots.console.screen import Screen
from core import commands, errors, prompts
from core.desk import Desk
from core.engine import Progress
from core.jobs import Job
from core.kicks import Take
from core.people import Actor
from core.sound import reading, terminal

WAVE_WIDTH, WAVE_HEIGHT = 64, 4


@dataclass(frozen=True, slots=True)
class Console:
    """Answers one person at a console."""

    desk: Desk
    actor: Actor
    screen: Screen
    player: Player | None = None

    async def run(self, line: str) -> bool:
        """Do what the line says and show the answer; False where that did not work."""
        try:
            invocation = commands.parse(line)
            if invocation.verb != "kick":
                self.screen.reply(await self.desk.answer(self.actor, invocation))
                return True
            request = prompts.parse(invocation.rest)
            jobs = await self.desk.studio.order(self.actor, request, event_id=uuid4().hex)
        except Exception as error:
            self._refuse(error)
            return False
        try:
            return all([await self.deliver(job) for job in jobs])
        except asyncio.CancelledError:
            for job in jobs:
                await self.desk.studio.cancel(job, self.actor)
            raise

    async def deliver(self, job: Job) -> bool:
        """Make the kick and show it, or say why not; False where there is none."""
        try:
            take = await self._make(job)
            await self._show(take, job.asker)
            await self.desk.studio.delivered(job)
        except Exception as error:
            self._refuse(error)
            return False
        return True

    async def take_over(self) -> None:
        """Go on with what an earlier console of this folder has left, now and whenever a lease ends."""
        studio, application = self.desk.studio, self.actor.place.application
        while True:
            for job in await studio.take_over(application):
                await self.deliver(job)
            await asyncio.sleep(studio.limits.lease)

    async def _make(self, job: Job) -> Take:
        async for step in self.desk.studio.make(job):
            if isinstance(step, Progress):
                self.screen.progress(job.prompt, step)
            else:
                return step
        raise errors.KickbotError(detail=f"job {job.id} ended without a take")

    async def _show(self, take: Take, asker: str) -> None:
        card = await self.desk.card(take, asker)
        sound = await self.desk.files.fetch(take.path)
        self.screen.card(card, await asyncio.to_thread(_sketch, sound) if sound else [])
        if self.player and sound:
            await self.player.play(sound, card.file_name)

    def _refuse(self, error: Exception) -> None:
        self.screen.refusal(type(error).__name__, failures.sentence(error))


def _sketch(sound: bytes) -> list[str]:
    return terminal.sketch(reading.read(sound), WAVE_WIDTH, WAVE_HEIGHT)
