"""Text for a terminal, which has no markup."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from bots.chat import help_text
from core.answers.commands import Command, Invocation


def text(text: str) -> str:
    """Text of users without control characters, which a terminal would obey; lines stay lines."""
    return "\n".join(name(line) for line in text.split("\n"))


def name(text: str) -> str:
    """A name or a prompt."""
    return "".join(letter if not unicodedata.category(letter).startswith("C") else "�" for letter in text)


def strong(marked: str) -> str:
    """As it is."""
    return marked


def link(label: str, url: str) -> str:
    """The address, which terminals let one click."""
    return url


@dataclass(frozen=True, slots=True)
class ConsoleMarkup:
    """See `bots.chat.wording.Markup`."""

    text = staticmethod(text)
    name = staticmethod(name)
    strong = staticmethod(strong)
    link = staticmethod(link)

    def channel(self, number: str) -> str:
        return number

    def command(self, does: Invocation) -> str:
        return f"/{does}"

    def help(self, listed: Iterable[Command]) -> str:
        return help_text.lines(self, listed, {})


MARKUP = ConsoleMarkup()
