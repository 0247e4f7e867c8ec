"""The core's answers as messages."""

from bots.chat import actions, wording
from bots.chat.wording import Markup
from bots.discord import cards, lists
from bots.discord.message import Message, rows_of
from core.answers import replies

LONGEST = 1900
"""Characters of a message that is cut: Discord takes 2,000."""


def message(marks: Markup, reply: replies.Reply) -> Message:
    """The message for a reply."""
    match reply:
        case replies.Shown(entry=replies.Entry(card=card)) | replies.OwnKick(card=card):
            return cards.message(marks, card)
        case replies.Page():
            return lists.presets(marks, reply)
        case replies.Kicks():
            return lists.kicks(marks, reply)
        case replies.More():
            found = actions.of_more(reply, cards.PLACES)
            return Message(wording.more_heading(marks, reply.card), buttons=rows_of(found))
        case replies.Question():
            return Message(wording.sentence(marks, reply.text), buttons=rows_of(actions.of_question(reply)))
        case _:
            return Message(wording.text(marks, reply, LONGEST))
