"""The core's answers as messages."""

from bots.slack import cards, lists, markup, sheets
from bots.slack.sheets import Sheet
from core import replies

LONGEST = 2900
"""Characters of a text that is cut: a section takes 3,000."""


def sheet(reply: replies.Reply) -> Sheet:
    """The message for a reply."""
    match reply:
        case replies.Shown():
            return cards.of_preset(reply.entry.card)
        case replies.Page():
            return lists.presets(reply)
        case replies.Kicks():
            return lists.kicks(reply)
        case replies.Question():
            confirm = sheets.key(reply.label, "agree", reply.confirm, danger=True)
            return sheets.told(markup.text(reply.text), sheets.keys([confirm]))
        case _:
            return sheets.told(_told(reply))


def public(reply: replies.Reply) -> bool:
    """Whether everybody in the channel is to see it: only what they can use, too."""
    return isinstance(reply, replies.Shown) or (isinstance(reply, replies.Page) and reply.kind == "browse")


def _told(reply: replies.Told) -> str:
    match reply:
        case replies.Words(words=None):
            return "This kick machine does not tell which words it knows."
        case replies.Words():
            return _cut(markup.name(" ".join(reply.words or ())))
        case replies.Help():
            return "\n".join(f"`{command.line}` {command.summary}" for command in reply.commands)
        case _:
            return markup.text(reply.text)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rpartition(' ')[0]} …"
