"""How many have saved a card's kick, said on the card itself: nobody is told of anybody's reaction."""

import asyncio
import re
from dataclasses import dataclass, field
from logging import getLogger

import discord

from bots.chat.background import Background
from bots.discord import api_errors, markup
from bots.discord.api import Api
from core import errors
from core.chat.shown_messages import ShownMessages
from core.people import Place

log = getLogger(__name__)

EDITED_EVERY = 10.0
"""Seconds between two edits of one card."""

LINE = re.compile(r"\n-# saved by [0-9]+$")


@dataclass(frozen=True, slots=True)
class SaveCounts:
    """Edits cards when their kicks are saved or that is taken back, each not too often.

    Crash window: a process that ends within `EDITED_EVERY` seconds of a save leaves the number of before, until
    somebody saves that kick again.
    """

    api: Api
    showing: ShownMessages
    background: Background = field(default_factory=lambda: Background("a number of saves"))
    changed: dict[str, bool] = field(default_factory=dict)

    def change(self, place: Place, message: str) -> None:
        """What the message shows is saved, or no longer. Where the bot is no member, nothing is said of that."""
        if not self.api.reaches(place):
            return
        going = message in self.changed
        self.changed[message] = True
        if not going:
            self.background.start(self._tell(place, message))

    async def _tell(self, place: Place, message: str) -> None:
        """Say it now, and as long as it has changed meanwhile, once more in a while."""
        try:
            while self.changed[message]:
                self.changed[message] = False
                await self._edit(place, message)
                await asyncio.sleep(EDITED_EVERY)
        finally:
            del self.changed[message]

    async def _edit(self, place: Place, message: str) -> None:
        try:
            saves = await self.showing.saves(place, message)
            if saves is None:
                return
            shown = await self.api.channel(place).fetch_message(int(message))
            text = LINE.sub("", shown.content) + (f"\n{markup.small(f'saved by {saves}')}" if saves else "")
            if text != shown.content:
                await shown.edit(content=text, allowed_mentions=discord.AllowedMentions.none())
        except (errors.DatabaseUnavailable, *api_errors.FAILURES) as error:
            log.info("how many have saved what message %s shows is not said: %s", message, error)
