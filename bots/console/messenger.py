"""The messenger of the console: what a terminal shows stays, and nobody else reads it."""

import asyncio
from dataclasses import dataclass, field
from uuid import uuid4

from bots.chat.messenger import Done, Outcome
from bots.chat.wording import Markup
from bots.console.markup import ConsoleMarkup
from bots.console.playing import Player
from bots.console.screen import Screen
from core import errors
from core.answers.cards import Card
from core.files import Files
from core.jobs import Job
from core.people import Place
from core.sound import reading, terminal

WAVE_WIDTH, WAVE_HEIGHT = 64, 4


@dataclass(frozen=True, slots=True)
class ConsoleMessenger:
    """See `bots.chat.messenger.Messenger`."""

    screen: Screen
    files: Files
    player: Player | None = None
    markup: Markup = field(default_factory=ConsoleMarkup)

    async def place(self, job: Job, text: str) -> Outcome:
        """Nothing: a line that is printed cannot be edited."""
        return Done()

    async def progress(self, job: Job, text: str) -> None:
        self.screen.progress(text)

    async def show(self, job: Job, card: Card) -> Outcome:
        self.screen.card(card, await self.sketch(card))
        return Done(uuid4().hex)

    async def complete(self, job: Job, card: Card, shown: Done) -> None:
        """Play the sound."""
        await self.play(card)

    async def hand(self, job: Job, card: Card, text: str) -> bool:
        """Never asked: a console always shows."""
        return False

    async def tell(self, job: Job, kind: str, text: str) -> bool:
        self.screen.refusal(kind, text)
        return True

    async def remove(self, job: Job) -> None:
        """Nothing: there is no placeholder."""

    async def invite(self, place: Place, message: str) -> None:
        """Nothing: a console has no reactions."""

    async def sketch(self, card: Card) -> list[str]:
        """The waveform in lines of text, none where the sound cannot be had."""
        sound = await self._sound(card)
        return await asyncio.to_thread(_drawn, sound) if sound else []

    async def play(self, card: Card) -> None:
        """Play the sound where a player was asked for and found."""
        sound = await self._sound(card) if self.player and card.audio else None
        if self.player and card.audio and sound:
            await self.player.play(sound, card.audio.file_name)

    async def _sound(self, card: Card) -> bytes | None:
        try:
            return await self.files.fetch(card.audio.path) if card.audio else None
        except errors.StorageFailed:
            return None


def _drawn(sound: bytes) -> list[str]:
    try:
        return terminal.sketch(reading.read(sound), WAVE_WIDTH, WAVE_HEIGHT)
    except errors.BadSound:
        return []
