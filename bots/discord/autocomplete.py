"""The words that steer the sound, at hand without waiting: autocompletion and first refusals have no time."""

from dataclasses import dataclass, field
from logging import getLogger

from bots.chat.background import repeat
from core import errors
from core.engine import Engine

log = getLogger(__name__)

RENEWED_EVERY = 600.0
MOST = 25
LONGEST = 100


@dataclass(slots=True)
class Autocomplete:
    """What the engine last told of its words; None before it has, and where it does not tell."""

    engine: Engine
    words: frozenset[str] | None = None
    ordered: tuple[str, ...] = field(default=())

    async def renew(self) -> None:
        """Ask the engine."""
        try:
            self.words = await self.engine.vocabulary()
        except errors.KickbotError as error:
            log.warning("the words are not known for now: %s %s", error, error.detail)
        except Exception:
            log.exception("the words are not known for now")
        else:
            self.ordered = tuple(sorted(self.words or ()))

    async def keep(self) -> None:
        """Ask now and then, until cancelled."""
        await repeat(self.renew, RENEWED_EVERY, "the words are asked for later")

    def complete(self, typed: str) -> list[str]:
        """Whole prompts that `typed` may become: its last word completed, what stands before it kept."""
        before, space, last = typed.rpartition(" ")
        begun = last.lower()
        used = set(before.lower().split())
        fitting = [word for word in self.ordered if word.startswith(begun) and word not in used]
        inside = [word for word in self.ordered if begun and begun in word[1:] and word not in fitting]
        found = [f"{before}{space}{word}" for word in fitting + inside]
        own = [typed] if typed.strip() and typed not in found else []
        return [prompt for prompt in own + found if len(prompt) <= LONGEST][:MOST]
