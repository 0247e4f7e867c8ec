"""Answers as one plain sentence."""

import sys

from bots.chat import wording
from bots.console.markup import MARKUP
from core.answers import replies
from core.answers.cards import Card


def card(card: Card) -> str:
    """A kick or a preset in one line."""
    return f"{card.name}: {', '.join(wording.facts(card) or card.remarks)}"


def reply(reply: replies.Reply) -> str:
    """An answer in one line."""
    match reply:
        case replies.Shown(entry=replies.Entry(card=found)) | replies.OwnKick(card=found):
            return card(found)
        case replies.Kicks():
            return f"{reply.kept} of {reply.limit} kicks in the library, {len(reply.takes)} recent ones"
        case replies.Page():
            names = ", ".join(entry.card.name for entry in reply.entries)
            return f"{wording.page_heading(MARKUP, reply)}: {names or 'none'}"
        case replies.Question():
            return wording.sentence(MARKUP, reply.text)
        case replies.Help():
            return "; ".join(command.line for command in reply.commands)
        case _:
            return wording.text(MARKUP, reply, sys.maxsize)
