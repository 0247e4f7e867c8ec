"""Lists of presets and kicks, each entry to be heard and kept in place."""

from collections.abc import Iterable

from slack_sdk.models.blocks import Block

from bots.chat import actions, wording
from bots.chat.actions import Action
from bots.chat.wording import Markup
from bots.slack import cards, markup, sheets
from bots.slack.sheets import Sheet
from core.answers import replies
from core.answers.cards import Card

MOST_KICKS = 20
"""Kicks in one message: Slack takes 50 blocks."""


def presets(marks: Markup, page: replies.Page) -> Sheet:
    """Presets shared in a channel, or one's own."""
    top = wording.heading(marks, page)
    blocks: list[Block] = [sheets.section(top)]
    for entry in page.entries:
        blocks += _preset(marks, entry, page.kind == "mine")
    if not page.entries:
        blocks.append(sheets.section(wording.nothing(marks, page)))
    if turns := actions.turns(page.back, page.next):
        blocks.append(sheets.keys([sheets.key(turn) for turn in turns]))
    return Sheet(f"{wording.title(page)}: {len(page.entries)}", tuple(blocks))


def kicks(marks: Markup, reply: replies.Kicks, most: int = MOST_KICKS) -> Sheet:
    """One's library and recent kicks: what is not saved yet comes first."""
    top = wording.kept_kicks(marks, reply)
    blocks: list[Block] = [sheets.section(top)]
    found = (*reply.takes, *reply.library)
    for card in found[:most]:
        blocks += _kick(card)
    if len(found) > most:
        blocks.append(sheets.small(f"… and {len(found) - most} more"))
    if not found:
        blocks.append(sheets.section(wording.no_kicks(marks)))
    return Sheet(top, tuple(blocks))


def _preset(marks: Markup, entry: replies.Entry, own: bool) -> list[Block]:
    found = actions.of_own(entry) if own else actions.of_shared(entry)
    return _entry(f"{cards.title(entry.card)}\n{' · '.join(wording.about(marks, entry))}", entry.card, found)


def _kick(card: Card) -> list[Block]:
    """A kick of one's own. To hear it there is its link: Slack plays nothing to one person alone."""
    found = [action for action in actions.of_kept(card) if action.kind != "play"]
    lines = (cards.title(card), cards.facts(card), *map(markup.text, card.remarks))
    return _entry("\n".join(filter(None, lines)), card, found)


def _entry(text: str, card: Card, found: Iterable[Action]) -> list[Block]:
    return [sheets.section(text), *cards.buttons(card, found)]
