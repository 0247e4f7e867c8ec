"""Text of people, as Slack is to show it; and Slack's text, as people have typed it."""

import html
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from bots.chat import help_text, links
from core.answers.commands import Command, Invocation

TOKEN = re.compile(r"<([^<>|]*)(?:\|([^<>]*))?>")
MARKS = {"@": "@", "#": "#", "!": "@"}


def text(text: str) -> str:
    """Sentences of ours in which people's words stand; lines stay lines. No mention and no link comes of it."""
    return html.escape("".join(letter for letter in text if letter == "\n" or not _control(letter)), quote=False)


def name(text: str) -> str:
    """A name or a prompt, on one line."""
    kept = "".join(" " if _control(letter) else letter for letter in text)
    return html.escape(" ".join(kept.split()), quote=False)


def strong(marked: str) -> str:
    """Bold."""
    return f"*{marked}*"


def link(label: str, url: str) -> str:
    """A link; `label` is plain text. Empty where it leads nowhere for whoever reads."""
    if not links.reachable(url):
        return ""
    return f"<{url.replace('>', '%3E').replace('|', '%7C')}|{name(label)}>"


def typed(text: str, bot_user: str = "") -> str:
    """What somebody has typed: without mentions of the bot, other links as they are shown, nothing escaped."""
    without = re.sub(rf"<@{re.escape(bot_user)}(\|[^<>]*)?>", " ", text) if bot_user else text
    return html.unescape(TOKEN.sub(_shown, without)).strip()


def _shown(found: re.Match[str]) -> str:
    target, label = found[1], found[2]
    mark = MARKS.get(target[:1], "")
    return f"{mark}{label or target.removeprefix(target[:1])}" if mark else label or target


def _control(letter: str) -> bool:
    return unicodedata.category(letter).startswith("C")


@dataclass(frozen=True, slots=True)
class SlackMarkup:
    """See `bots.chat.wording.Markup`; `slash` is what the slash command is called."""

    slash: str = "kickdrum"

    text = staticmethod(text)
    name = staticmethod(name)
    strong = staticmethod(strong)
    link = staticmethod(link)

    def channel(self, number: str) -> str:
        return f"<#{number}>"

    def command(self, does: Invocation) -> str:
        typed = does.rest if does.verb == "kick" else str(does)
        return f"`/{self.slash} {name(typed)}".rstrip() + "`"

    def help(self, listed: Iterable[Command]) -> str:
        return help_text.lines(self, listed, help_text.GESTURES)
