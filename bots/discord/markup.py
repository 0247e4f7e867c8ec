"""Text of people, as Discord is to show it: letter by letter."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from bots.chat import help_text
from core.answers.commands import Command, Invocation, Verb

# A backslash before any of these makes Discord show it and do nothing else; before a dot, no invitation is found there.
MEANT = re.compile(r"[\\`*_~|<>\[\]@]|:(?=//)|\.(?=gg/|com/)", re.IGNORECASE)
AT_A_LINES_START = re.compile(r"(?m)^([0-9]*)(?=[-+#.])")


def text(text: str) -> str:
    """Sentences of ours in which people's words stand; lines stay lines."""
    kept = "".join(letter for letter in text if letter == "\n" or not _control(letter))
    return AT_A_LINES_START.sub(r"\1\\", MEANT.sub(r"\\\g<0>", kept))


def name(text: str) -> str:
    """A name or a prompt, on one line."""
    kept = "".join(letter if not _control(letter) else " " for letter in text)
    return MEANT.sub(r"\\\g<0>", " ".join(kept.split()))


def strong(marked: str) -> str:
    """Bold."""
    return f"**{marked}**"


def link(label: str, url: str) -> str:
    """A link without a preview below the message."""
    return f"[{label}](<{url}>)"


def small(line: str) -> str:
    """A line in small, grey letters."""
    return f"-# {line}"


def _control(letter: str) -> bool:
    return unicodedata.category(letter).startswith("C")


OTHERWISE: dict[Verb, str] = {
    "kicks": "/kicks",
    "delete": "🗑️ below a kick",
    "presets save": "💾 below a kick",
    "settings": "/kicksettings",
    "words": "/kickhelp",
    "help": "/kickhelp",
    "buttons": "More below a kick",
}
"""What stands for the verbs that are no command of their own, or another one."""


@dataclass(frozen=True, slots=True)
class DiscordMarkup:
    """See `bots.chat.wording.Markup`; `kick` is what the command that makes a kick is called."""

    kick: str = "kick"

    text = staticmethod(text)
    name = staticmethod(name)
    strong = staticmethod(strong)
    link = staticmethod(link)

    def channel(self, number: str) -> str:
        return f"<#{number}>"

    def command(self, does: Invocation) -> str:
        """What stands behind a command is what its fields are given."""
        if does.verb in OTHERWISE:
            return OTHERWISE[does.verb]
        verb = self.kick if does.verb == "kick" else does.verb
        return f"/{verb} {name(does.rest)}".rstrip()

    def help(self, listed: Iterable[Command]) -> str:
        """A line for each command, those of a group on one. What stands behind it Discord shows where it is typed."""
        elsewhere = (one for one in listed if OTHERWISE.get(one.verb) != OTHERWISE["help"])
        groups = (list(group) for _, group in groupby(elsewhere, self._first_word))
        return "\n".join(" · ".join([self._first(first), *map(_next, more)]) for first, *more in groups)

    def _first(self, command: Command) -> str:
        how, gesture = self._first_word(command), help_text.GESTURES.get(command.verb, "")
        if not how.startswith("/"):
            return f"{gesture or how}: {command.does}"
        return f"{strong(self.command(Invocation(command.verb)))} {command.does}{help_text.also(gesture)}"

    def _first_word(self, command: Command) -> str:
        return OTHERWISE.get(command.verb) or self.command(Invocation(command.verb)).partition(" ")[0]


def _next(command: Command) -> str:
    return f"{strong(command.verb.rpartition(' ')[2])} {command.does}"
