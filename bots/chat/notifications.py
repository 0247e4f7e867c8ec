"""Letters to people who are not asking just now, carried by the platform that each of them is on."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from logging import getLogger

from core.identities import Envelope, Letter
from core.stores.letters import LetterRows

log = getLogger(__name__)

Carrier = Callable[[Envelope], Awaitable[bool]]
"""Brings a letter to somebody; False where that is not possible now, or not for this process."""

SECONDS = 20.0
"""What carrying one may take: less than the minute for which it is claimed."""


@dataclass(frozen=True, slots=True)
class Letterbox:
    """Sends letters by `carriers`, those of the platforms that this process serves; rows keep the rest.

    Crash window: a process that dies between sending a letter and noting that leaves it to be sent once more; so does
    a platform whose answer is lost.
    """

    rows: LetterRows
    carriers: dict[str, Carrier] = field(default_factory=dict)

    async def send(self, letters: Iterable[Letter]) -> None:
        """Send what was written just now and can be carried from here. Nobody waits for it: it raises nothing."""
        for letter in letters:
            envelope = letter.envelope
            if envelope.to.platform not in self.carriers:
                continue
            try:
                if await self.rows.claim_this(envelope):
                    await self._carry(envelope)
            except Exception as error:
                log.warning("a letter to %s is sent later: %r", letter.to.label, error)

    async def drain(self, platform: str, realms: Sequence[str]) -> None:
        """Send what is due to people of that platform, in those realms, whoever has written it."""
        while (letter := await self.rows.claim(platform, realms)) is not None:
            try:
                await self._carry(letter)
            except Exception as error:
                log.warning("a letter to somebody on %s is sent later: %r", platform, error)

    async def _carry(self, letter: Envelope) -> None:
        async with asyncio.timeout(SECONDS):
            carried = await self.carriers[letter.to.platform](letter)
        if carried:
            await self.rows.sent(letter)
