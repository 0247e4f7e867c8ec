"""The core's answers as messages."""

from bots.discord import cards, lists, markup
from bots.discord.sheets import Key, Sheet
from core import errors, refs, replies

LONGEST = 1900
"""Characters of a message that is cut: Discord takes 2,000."""


def sheet(reply: replies.Reply, rest: str = "") -> Sheet:
    """The message for a reply; `rest` is what stood behind the command: of `kicks` a page, or a ref to hear."""
    match reply:
        case replies.Shown():
            return cards.of_preset(reply.entry.card)
        case replies.Page():
            return lists.presets(reply)
        case replies.Kicks():
            return _kicks(reply, rest)
        case replies.Question():
            return Sheet(markup.text(reply.text), keys=(Key(reply.label, reply.confirm, danger=True),))
        case _:
            return Sheet(_told(reply))


def _told(reply: replies.Told) -> str:
    match reply:
        case replies.Words():
            return _words(reply)
        case replies.Help():
            return "\n".join(f"`{command.line}` {command.summary}" for command in reply.commands)
        case _:
            return markup.text(reply.text)


def _kicks(reply: replies.Kicks, rest: str) -> Sheet:
    ref = refs.parse(rest)
    if ref is None:
        return lists.kicks(reply, int(rest) if rest.isdecimal() and int(rest) else 1)
    for card in (*reply.takes, *reply.library):
        if card.ref == ref:
            return cards.of_take(card) if ref.kind == "take" else cards.of_kick(card)
    raise errors.NoSuchTake


def _words(reply: replies.Words) -> str:
    if reply.words is None:
        return "This kick machine does not tell which words it knows."
    text = markup.name(" ".join(reply.words))
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rpartition(' ')[0]} …"
