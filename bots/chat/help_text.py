"""What stands for a command where one can press and react, for the help."""

from collections.abc import Iterable, Mapping

from bots.chat.wording import Markup
from core.answers.commands import Command, Verb

SAVE_FROM_MENU = "Save kick as preset"
"""What the menu of a message calls the way to save what it shows."""

GESTURES: dict[Verb, str] = {
    "kick": "🔁 below one, for another from the same words",
    "presets save": "💾 below a kick, button or reaction (taking that away undoes it), or "
    f'"{SAVE_FROM_MENU}" in its menu',
    "delete": "🗑️ below a kick, or the reaction ❌",
}


def lines(markup: Markup, listed: Iterable[Command], gestures: Mapping[Verb, str]) -> str:
    """A line for each command as it is typed, with what else does it there."""
    return "\n".join(
        f"{markup.command(one.invocation)} {one.summary}" + also(gestures.get(one.verb, "")) for one in listed
    )


def also(gesture: str) -> str:
    """What else does it, behind a command."""
    return f"; or {gesture}" if gesture else ""
