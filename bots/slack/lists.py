"""Lists of presets and kicks, each entry to be heard and kept in place."""

from slack_sdk.models.blocks import Block

from bots.chat import actions, wording
from bots.chat.actions import Buttons
from bots.chat.wording import Markup
from bots.slack import blocks, cards
from bots.slack.blocks import Message
from core.answers import replies
from core.answers.cards import Card

SIZE = 20
"""Entries on a page: Slack takes 50 blocks, and an entry has two."""


def presets(marks: Markup, page: replies.Page) -> Message:
    """Presets shared in a channel, or one's own."""
    top = wording.page_heading(marks, page)
    shown: list[Block] = [blocks.section(top)]
    for entry in page.entries:
        shown += _preset(marks, entry, page.kind)
    if not page.entries:
        shown.append(blocks.section(wording.empty_page(marks, page)))
    shown += _turns(page)
    return Message(f"{wording.page_title(page)}: {len(page.entries)}", tuple(shown))


def kicks(marks: Markup, reply: replies.Kicks, *, turned: bool = True) -> Message:
    """One's library and recent kicks: what is not saved yet comes first.

    Where pages cannot be `turned`, the message says how many more there are.
    """
    top = wording.kicks_heading(marks, reply)
    shown: list[Block] = [blocks.section(top)]
    for card in reply.shown:
        shown += _kick(marks, card)
    if not reply.found:
        shown.append(blocks.section(wording.no_kicks(marks)))
    if turned:
        shown += _turns(reply)
    elif more := len(reply.found) - len(reply.shown):
        shown.append(blocks.context_block(f"… and {more} more"))
    return Message(top, tuple(shown))


def _turns(page: replies.Page | replies.Kicks) -> list[Block]:
    return blocks.rows_of([blocks.button_element(turn) for turn in actions.turns(page.back, page.next)])


def _preset(marks: Markup, entry: replies.Entry, kind: replies.PageKind) -> list[Block]:
    text = f"{wording.title(marks, entry.card)}\n{' · '.join(wording.about(marks, entry, kind))}"
    return _entry(text, entry.card, actions.of_entry(entry, kind))


def _kick(marks: Markup, card: Card) -> list[Block]:
    """A kick of one's own."""
    found = actions.of_linked(card) if cards.has_link(card) else actions.of_kept(card)
    lines = (wording.title(marks, card), " · ".join(wording.facts(card)), *wording.remarks(marks, card))
    return _entry("\n".join(filter(None, lines)), card, found)


def _entry(text: str, card: Card, found: Buttons) -> list[Block]:
    """An entry, with one row of buttons: a message of many has no room for more."""
    return [blocks.section(text), *cards.buttons(card, found, rows=1)]
