"""The messenger of the console: what a terminal shows stays, and nobody else reads it."""

import asyncio
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

from bots.chat.messenger import Done, Outcome
from bots.chat.wording import Markup
from bots.console import saving, screen
from bots.console.markup import ConsoleMarkup
from bots.console.playing import Player
from bots.console.screen import Screen
from core import errors
from core.answers.cards import Card
from core.files import Files
from core.jobs import Job
from core.people import Place
from core.sound import reading, terminal

WAVE_WIDTH, WAVE_HEIGHT, WAVE_MARGIN = 64, 4, 3

SET_BY = {
    errors.QuotaReached.__name__: "KICKBOT_DAILY_LIMIT",
    errors.GlobalQuotaReached.__name__: "KICKBOT_GLOBAL_LIMIT",
}
"""Which setting a refusal comes from. Who sits at a console runs Kickbot, or is told by whoever does."""


@dataclass(frozen=True, slots=True)
class ConsoleMessenger:
    """See `bots.chat.messenger.Messenger`. With `folder` each sound that is shown is written to it, too.

    `unwritten` tells which were not.
    """

    screen: Screen
    files: Files
    player: Player | None = None
    folder: Path | None = None
    unwritten: list[errors.NotWritten] = field(default_factory=list)
    markup: Markup = field(default_factory=ConsoleMarkup)

    async def place(self, job: Job, text: str) -> Outcome:
        """Nothing: a line that is printed cannot be edited."""
        return Done()

    async def progress(self, job: Job, text: str) -> None:
        self.screen.progress(text)

    async def show(self, job: Job, card: Card) -> Outcome:
        self.screen.card(card, await self.sketch(card), await self.written(card))
        return Done(uuid4().hex)

    async def complete(self, job: Job, card: Card, shown: Done) -> None:
        """Play the sound."""
        await self.play(card)

    async def hand(self, job: Job, card: Card, text: str) -> bool:
        """Never asked: a console always shows."""
        return False

    async def tell(self, job: Job, kind: str, text: str) -> bool:
        self.screen.refusal(kind, f"{text} {SET_BY[kind]} sets the limit." if kind in SET_BY else text)
        return True

    async def remove(self, job: Job) -> None:
        """Nothing: there is no placeholder."""

    async def invite(self, place: Place, message: str) -> None:
        """Nothing: a console has no reactions."""

    async def sketch(self, card: Card) -> list[str]:
        """The waveform in lines of text, none where the sound cannot be had."""
        sound = await self._sound(card)
        width = min(WAVE_WIDTH, screen.width() - WAVE_MARGIN)
        return await asyncio.to_thread(_drawn, sound, width) if sound else []

    async def written(self, card: Card) -> Path | None:
        """The file in the folder that was asked for. Where it cannot be written, a refusal tells so."""
        sound = await self._sound(card) if self.folder else None
        if self.folder is None or card.audio is None or sound is None:
            return None
        try:
            return await saving.written(sound, card.audio.file_name, self.folder)
        except errors.NotWritten as error:
            self.unwritten.append(error)
            self.screen.refusal(type(error).__name__, str(error))
            return None

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


def _drawn(sound: bytes, width: int) -> list[str]:
    try:
        return terminal.sketch(reading.read(sound), width, WAVE_HEIGHT)
    except errors.BadSound:
        return []
