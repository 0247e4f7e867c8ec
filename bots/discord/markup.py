"""Text of people, as Discord is to show it: letter by letter."""

import re
import unicodedata

from core.commands import Invocation

# A backslash before any of these makes Discord show it and do nothing else.
MEANT = re.compile(r"[\\`*_~|<>\[\]@]|:(?=//)")
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


def channel(number: str) -> str:
    """A channel by its id."""
    return f"<#{number}>"


def saving() -> str:
    """How a kick is saved here."""
    return "💾 below a kick"


def command(does: Invocation) -> str:
    """A command as it is typed here; words behind it are options here, each in a field of its own."""
    return f"/{does.verb}"


def link(label: str, url: str) -> str:
    """A link without a preview below the message."""
    return f"[{label}](<{url}>)"


def small(line: str) -> str:
    """A line in small, grey letters."""
    return f"-# {line}"


def _control(letter: str) -> bool:
    return unicodedata.category(letter).startswith("C")
