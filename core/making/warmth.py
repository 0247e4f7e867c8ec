"""Keeping a container of the worker awake for a while, so that a kick comes at once."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from logging import getLogger
from typing import Protocol

from core import errors

log = getLogger(__name__)


class Warmths(Protocol):
    """Until when which worker is kept awake. Each may raise `errors.DatabaseUnavailable`."""

    async def until(self, worker: str) -> datetime | None:
        """When that worker may sleep again; None where it may already."""

    async def over(self, worker: str) -> datetime | None:
        """When that worker was to sleep again, if that time has come."""

    async def keep(self, worker: str, span: timedelta) -> datetime:
        """Have it kept awake for so long from now; when that ends."""

    async def end(self, worker: str, until: datetime) -> None:
        """It sleeps again, unless it is to be kept awake until another time by now."""


class Heater(Protocol):
    """What keeps a container awake. Each may raise `errors.EngineRefused`."""

    async def warm(self) -> None:
        """Keep one container awake until `cool`."""

    async def cool(self) -> None:
        """Let the last container go when it has had no work for a while."""


@dataclass(frozen=True, slots=True)
class Warmth:
    """Keeps one worker warm; that it must end is a row before the worker is warmed, so that no crash forgets it."""

    worker: str
    warmths: Warmths
    heater: Heater
    every: float = 60

    async def warm(self, span: timedelta) -> datetime:
        """Keep the worker warm for so long; when that ends."""
        until = await self.warmths.keep(self.worker, span)
        await self.heater.warm()
        return until

    async def cool(self) -> None:
        """Let the worker sleep now."""
        await self.heater.cool()
        if until := await self.warmths.until(self.worker):
            await self.warmths.end(self.worker, until)

    async def run(self) -> None:
        """End what is over, at once and every minute, until cancelled."""
        while True:
            try:
                if until := await self.warmths.over(self.worker):
                    await self.heater.cool()
                    await self.warmths.end(self.worker, until)
                    log.info("%s may sleep again", self.worker)
            except Exception as error:
                # Nothing may end this: it would be paid for.
                log.warning("%s is still kept awake: %r", self.worker, error)
            await asyncio.sleep(self.every)


def span(text: str) -> timedelta:
    """Read "2h" or "90m", at most a day. Raises `errors.BadSpan`."""
    number, unit = text[:-1], text[-1:]
    if not (number.isascii() and number.isdigit() and unit in ("h", "m") and len(number) < 5):
        raise errors.BadSpan(text=text)
    read = timedelta(hours=int(number)) if unit == "h" else timedelta(minutes=int(number))
    if not timedelta(minutes=1) <= read <= timedelta(days=1):
        raise errors.BadSpan(text=text)
    return read
