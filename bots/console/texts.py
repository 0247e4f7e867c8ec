"""Answers as one plain sentence."""

import sys

from bots.chat import wording
from bots.console import markup
from core import replies
from core.cards import Card


def card(card: Card) -> str:
    """A kick or a preset in one line."""
    told = [part for part in (card.tone, card.length, card.level) if part]
    return f"{card.name}: {', '.join(told or card.remarks)}"


def reply(reply: replies.Reply) -> str:
    """An answer in one line."""
    match reply:
        case replies.Shown():
            return card(reply.entry.card)
        case replies.Kicks():
            return f"{reply.kept} of {reply.limit} kicks in the library, {len(reply.takes)} recent ones"
        case replies.Page():
            return f"{title(reply)}: {', '.join(entry.card.name for entry in reply.entries) or 'none'}"
        case replies.Question():
            return reply.text
        case replies.Help():
            return "; ".join(command.line for command in reply.commands)
        case _:
            return wording.told(markup, reply, sys.maxsize)


def title(page: replies.Page) -> str:
    """What a page lists."""
    if page.kind == "mine":
        return "Your presets"
    return f"Shared here, {'most saved' if page.query.sort == 'saves' else 'newest'} first"


def nothing(page: replies.Page) -> str:
    """What an empty page says."""
    if page.kind == "mine":
        return 'You have no presets yet: "save" makes one of the last kick shown.'
    if str(page.query):
        return "Nothing that is shared here fits."
    return 'Nothing is shared here yet: "share NAME" shows a preset of yours.'


def labels(entry: replies.Entry) -> str:
    """What sets a preset in a list apart."""
    mine = "shared here" if entry.shared else "yours"
    label = [mine] if entry.mine else [f"by {entry.card.maker}"]
    if entry.saved and not entry.mine:
        label.append("in your library")
    if entry.saves:
        label.append(f"{entry.saves} {'save' if entry.saves == 1 else 'saves'}")
    return " · ".join(label)
