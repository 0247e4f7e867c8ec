"""Letters to people who are not asking just now, carried by the platform that each of them is on."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from logging import getLogger

from core.identities import Letter

log = getLogger(__name__)

Carrier = Callable[[Letter], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Letterbox:
    """Where every surface puts its letters, whatever platform they go to; `carriers` are by platform."""

    carriers: dict[str, Carrier] = field(default_factory=dict)

    async def send(self, letters: Iterable[Letter]) -> None:
        """Have them carried, as far as that is possible: nobody waits for one, and a lost one is no error."""
        for letter in letters:
            carrier = self.carriers.get(letter.to.person.platform)
            if carrier is None:
                log.info("nobody carries letters to %s", letter.to.label)
                continue
            try:
                await carrier(letter)
            except Exception as error:
                log.warning("a letter to %s is lost: %s", letter.to.label, error)
