"""The commands, one table for every platform."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Verb = Literal["kick", "kicks", "delete", "words", "help"]


@dataclass(frozen=True, slots=True)
class Command:
    """One command as a user types it; `usage` is what may stand behind it."""

    verb: Verb
    usage: str
    summary: str

    @property
    def line(self) -> str:
        """The command with what may stand behind it."""
        return f"{self.verb} {self.usage}".rstrip()


TABLE = (
    Command("kick", "[words] [seed:N] [count:N]", "make a kick drum from keywords; without any, hit house"),
    Command("kicks", "", "your recent kicks"),
    Command("delete", "NAME", "delete one of your kicks: its file and all that is kept of it"),
    Command("words", "", "the words that steer the sound"),
    Command("help", "", "this list"),
)


@dataclass(frozen=True, slots=True)
class Invocation:
    """A command and what stands behind it."""

    verb: Verb
    rest: str = ""


def parse(text: str, table: Iterable[Command] = TABLE) -> Invocation:
    """Read a command as typed, with or without a slash: a first word that is no verb starts a prompt."""
    typed = text.strip().removeprefix("/")
    first, _, rest = typed.partition(" ")
    for command in table:
        if first.lower() == command.verb:
            return Invocation(command.verb, rest.strip())
    return Invocation("kick", typed)
