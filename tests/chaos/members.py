"""People on their platforms: what a member does there, whoever of them it is."""

import re
from dataclasses import dataclass
from typing import Any, Protocol

from core.people import Person

CONFIRM = re.compile(r"account (?:link|forget) confirm \d+|(?:presets )?delete \w+:\d+ sure:\w+")
ANY = re.compile("")
CODE = re.compile(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b")


@dataclass(frozen=True, slots=True)
class Answer:
    """All that an answer says, the commands behind its buttons too; empty where none came. `message` is its own."""

    text: str = ""
    message: Any = None

    @property
    def confirm(self) -> str | None:
        """The command that agrees to what it asks, None where it asks nothing."""
        found = CONFIRM.search(self.text)
        return found[0] if found else None

    @property
    def code(self) -> str | None:
        """The code to link with."""
        found = CODE.search(self.text)
        return found[0] if found else None


class Member(Protocol):
    """Somebody on one of the platforms. Whatever they do may find no process there: then nothing is answered."""

    @property
    def person(self) -> Person:
        """Who they are for Kickbot."""

    async def kick(self, text: str) -> None:
        """Ask for a kick, and wait for nothing."""

    async def say(self, line: str, wanted: re.Pattern[str] = ANY) -> Answer:
        """Give a command that is answered in private: the first answer that has what is wanted in it."""

    async def agree(self, answer: Answer) -> None:
        """Agree to what was asked."""

    async def delete(self, ref: str) -> Answer:
        """Delete a kick of theirs."""

    async def take_up(self, ref: str) -> None:
        """Save a preset that others share."""

    async def save(self) -> None:
        """Save something that is shown."""

    async def unsave(self) -> None:
        """Take a save back."""
