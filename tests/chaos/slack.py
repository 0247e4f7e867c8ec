"""Somebody in Slack, and the way that Slack finds to whichever process answers."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from random import Random
from re import Pattern
from typing import Any

import aiohttp

from core.people import Person
from tests.chaos.members import ANY, Answer
from tests.fakes.slack.people import HttpLine, Somebody
from tests.fakes.slack.world import Message, World, buttons

ATTEMPTS = 3
ANSWERED_WITHIN = 3.0
TEAM, BOT, GENERAL = "T1", "UBOT", "Cgeneral"
SAVE = "floppy_disk"


@dataclass(frozen=True)
class Balanced:
    """A line to any of several processes; like Slack it tries again where none answers, and then gives up."""

    lines: list[HttpLine]
    random: Random

    async def event(self, payload: dict[str, Any], attempt: int = 0) -> int:
        return await self._sent(lambda line, tried: line.event(payload, attempt + tried))

    async def command(self, payload: dict[str, Any], attempt: int = 0) -> int:
        return await self._sent(lambda line, tried: line.command(payload, attempt + tried))

    async def interaction(self, payload: dict[str, Any], attempt: int = 0) -> int:
        return await self._sent(lambda line, tried: line.interaction(payload, attempt + tried))

    async def _sent(self, send: Callable[[HttpLine, int], Awaitable[int]]) -> int:
        for tried in range(ATTEMPTS):
            try:
                if await send(self.random.choice(self.lines), tried) == 200:
                    break
            except (aiohttp.ClientError, TimeoutError):
                await asyncio.sleep(0.2)
        return 200


@dataclass(frozen=True)
class InSlack:
    """A member of the workspace. What they do is told to Kickbot once, twice or three times."""

    somebody: Somebody
    random: Random

    @property
    def person(self) -> Person:
        return Person("slack", TEAM, self.somebody.id, self.somebody.name)

    async def kick(self, text: str) -> None:
        who = replace(self.somebody, times=self.random.choice((1, 1, 2, 3)))
        if self.random.random() < 0.3:
            await who.mention(text, GENERAL)
        else:
            await who.command(text, GENERAL)

    async def say(self, line: str, wanted: Pattern[str] = ANY) -> Answer:
        return await self._answer(lambda: self.somebody.command(line, GENERAL), wanted)

    async def agree(self, answer: Answer) -> None:
        label = next((label for label, one in answer.message.buttons.items() if one["value"] == answer.confirm), None)
        if label:
            await self._answer(lambda: self.somebody.press(answer.message, label))

    async def delete(self, ref: str) -> Answer:
        return await self.say(f"delete {ref}")

    async def take_up(self, ref: str) -> None:
        await self.say(f"save {ref}")

    async def save(self) -> None:
        if self.random.random() < 0.3:
            await self.say("save")
            return
        card = self._card(lambda message: self.somebody.id not in message.reactions.get(SAVE, []))
        if card is not None:
            await self.somebody.react(SAVE, card)

    async def unsave(self) -> None:
        card = self._card(lambda message: self.somebody.id in message.reactions.get(SAVE, []))
        if card is not None:
            await self.somebody.react(SAVE, card, take_back=True)

    @property
    def _world(self) -> World:
        return self.somebody.world

    def _card(self, fits: Callable[[Message], bool]) -> Message | None:
        messages = self._world.channels[GENERAL].messages.values()
        found = [one for one in messages if "🔁 Again" in one.buttons and fits(one)]
        return self.random.choice(found) if found else None

    async def _answer(self, asks: Callable[[], Awaitable[object]], wanted: Pattern[str] = ANY) -> Answer:
        """What is told to them alone from now on, whatever it is about, and has what is wanted in it."""
        before = len(self._world.private(self.somebody.id))
        await asks()
        end = asyncio.get_running_loop().time() + ANSWERED_WITHIN
        while asyncio.get_running_loop().time() < end:
            for told in self._world.private(self.somebody.id)[before:]:
                answer = Answer("\n".join([told.everything, *_values(told)]), told)
                if wanted.search(answer.text):
                    return answer
            await asyncio.sleep(0.02)
        return Answer()


def _values(message: Message) -> list[str]:
    """The commands behind its buttons."""
    return [button.get("value", "") for button in buttons(message.blocks)]
