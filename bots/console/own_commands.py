"""What is typed at a console alone, beside the commands of every platform."""

from collections.abc import Iterable
from dataclasses import dataclass

from core import errors
from core.answers.commands import Command

LEAVING = ("exit", "quit")
SAVE_FILE = "save-file"
NAMES = ("as", SAVE_FILE, *LEAVING)

HELP = (
    (f"/{SAVE_FILE} [NAME,] [FOLDER]", "write a kick's WAV where you want it; alone, the last one shown"),
    ("/as NAME", "speak as somebody else, who has an account of their own"),
    ("exit", "leave"),
)


@dataclass(frozen=True, slots=True)
class SpeakAs:
    """Somebody else speaks from now on."""

    name: str


@dataclass(frozen=True, slots=True)
class SaveFile:
    """Write a sound to a file; `text` tells which and where."""

    text: str


def read(line: str) -> SpeakAs | SaveFile | None:
    """The command that the line is, None for any other. Raises `errors.NobodyNamed`."""
    first, _, rest = line.strip().partition(" ")
    match first.lower():
        case "/as":
            if not rest.strip():
                raise errors.NobodyNamed
            return SpeakAs(rest.strip())
        case "/save-file" | "save-file":
            return SaveFile(rest.strip())
    return None


def leaves(line: str) -> bool:
    """Whether the line ends the chat."""
    return line.strip().lower().removeprefix("/") in LEAVING


def described(commands: Iterable[Command]) -> list[tuple[str, str]]:
    """What may be typed and what it does: the commands of every platform, and those from here."""
    return [*((one.line, one.summary) for one in commands), *HELP]
