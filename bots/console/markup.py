"""Text for a terminal, which has no markup."""

import unicodedata

from core.commands import Invocation


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


def channel(number: str) -> str:
    """A channel by its id."""
    return number


def saving() -> str:
    """How a kick is saved here."""
    return command(Invocation("presets save"))


def command(does: Invocation) -> str:
    """A command as it is typed here."""
    return f"/{does}"
