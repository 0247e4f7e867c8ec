"""The core's answers as messages."""

from bots.chat import actions, wording
from bots.chat.wording import Markup
from bots.discord import cards, lists
from bots.discord.message import Sheet, rows_of
from core import errors, refs
from core.answers import replies

LONGEST = 1900
"""Characters of a message that is cut: Discord takes 2,000."""


def sheet(marks: Markup, reply: replies.Reply, rest: str = "") -> Sheet:
    """The message for a reply; `rest` is what stood behind the command: of `kicks` a page, or a ref to hear."""
    match reply:
        case replies.Shown():
            return cards.of_preset(reply.entry.card)
        case replies.Page():
            return lists.presets(marks, reply)
        case replies.Kicks():
            return _kicks(marks, reply, rest)
        case replies.More():
            found = actions.of_more(reply, cards.PLACES)
            return Sheet(wording.more_of(marks, reply.card), keys=rows_of(found))
        case replies.Question():
            return Sheet(wording.said(marks, reply.text), keys=rows_of(actions.of_question(reply)))
        case _:
            return Sheet(wording.told(marks, reply, LONGEST))


def _kicks(marks: Markup, reply: replies.Kicks, rest: str) -> Sheet:
    ref = refs.parse(rest)
    if ref is None:
        return lists.kicks(marks, reply, int(rest) if rest.isdecimal() and int(rest) else 1)
    for card in (*reply.takes, *reply.library):
        if card.ref == ref:
            return cards.of_take(card) if ref.kind == "take" else cards.of_kick(card)
    raise errors.NoSuchTake
