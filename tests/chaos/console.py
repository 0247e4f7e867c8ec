"""Somebody at a console."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field
from re import Pattern

from core.people import Person
from tests.chaos.members import ANY, Answer
from tests.chaos.processes import Seat

ANSWERED_WITHIN = 3.0


@dataclass(frozen=True)
class AtConsole:
    """Types at the process of a seat, one line after the other."""

    seat: Seat
    busy: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def person(self) -> Person:
        name = self.seat.life.name
        return Person("console", "", name, name)

    async def kick(self, text: str) -> None:
        await self._type(f"/kick {text}")

    async def say(self, line: str, wanted: Pattern[str] = ANY) -> Answer:
        async with self.busy:
            await self._read_away()
            await self._type(line)
            with suppress(TimeoutError, OSError):
                async with asyncio.timeout(ANSWERED_WITHIN):
                    while said := (await self.seat.reader.readline()).decode():
                        if wanted.search(said):
                            return Answer(said)
        return Answer()

    async def agree(self, answer: Answer) -> None:
        if answer.confirm:
            await self.say(answer.confirm)

    async def delete(self, ref: str) -> Answer:
        return await self.say(f"delete {ref}")

    async def take_up(self, ref: str) -> None:
        await self.say(f"save {ref}")

    async def save(self) -> None:
        await self.say("save")

    async def unsave(self) -> None:
        """There is no such command at the console."""

    async def _type(self, line: str) -> None:
        assert self.seat.writer is not None
        with suppress(OSError):
            self.seat.writer.write(f"{line}\n".encode())
            await self.seat.writer.drain()

    async def _read_away(self) -> None:
        """What was said to earlier lines."""
        with suppress(TimeoutError, OSError):
            async with asyncio.timeout(0.01):
                while await self.seat.reader.readline():
                    pass
