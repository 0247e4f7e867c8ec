"""The core's answers as messages."""

from bots.chat import actions, wording
from bots.chat.wording import Markup
from bots.slack import blocks, cards, lists
from bots.slack.blocks import Message
from core.answers import replies

LONGEST = 2900
"""Characters of a text that is cut: a section takes 3,000."""


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
            found = [blocks.button_element(action) for action in actions.of_more(reply, actions.ROWS * blocks.ROW)]
            return blocks.text_message(wording.more_heading(marks, reply.card), *blocks.rows_of(found))
        case replies.Question():
            buttons = [blocks.button_element(action) for action in actions.of_question(reply)]
            return blocks.text_message(wording.sentence(marks, reply.text), *blocks.rows_of(buttons))
        case _:
            return blocks.text_message(wording.text(marks, reply, LONGEST))


def public(reply: replies.Reply) -> bool:
    """Whether everybody in the channel is to see it: only what they can use, too."""
    return isinstance(reply, replies.Shown) or (isinstance(reply, replies.Page) and reply.kind == "browse")
