"""Lists of presets and kicks, a page at a time, each entry to be heard and kept in place."""

from collections.abc import Iterable, Iterator

from bots.chat import actions, wording
from bots.chat.actions import Action
from bots.chat.wording import Markup
from bots.discord import markup
from bots.discord.message import Button, Message, rows_of
from core.answers import replies
from core.answers.cards import Card

SIZE = 5
"""Entries on a page: Discord sets five buttons in a row."""

ROWS: dict[actions.Kind, int] = {"play": 0, "save": 1, "share": 2, "delete": 3, "turn": 4}
"""The row of each kind of button. Discord has five, so that no list can have a sixth kind."""


def presets(marks: Markup, page: replies.Page) -> Message:
    """Presets shared in a channel, or one's own."""
    lines = [wording.page_heading(marks, page)]
    lines += [_entry(marks, number, entry, page.kind) for number, entry in enumerate(page.entries, 1)]
    if not page.entries:
        lines.append(wording.empty_page(marks, page))
    buttons = [
        button
        for number, entry in enumerate(page.entries, 1)
        for button in _buttons(number, actions.of_entry(entry, page.kind).actions)
    ]
    return Message("\n".join(lines), buttons=(*buttons, *rows_of(actions.turns(page.back, page.next), ROWS["turn"])))


def kicks(marks: Markup, reply: replies.Kicks) -> Message:
    """One's library and recent kicks: what is not saved yet comes first."""
    shown = list(enumerate(reply.shown, reply.start + 1))
    lines = [wording.kicks_heading(marks, reply), *(_kick(number, card) for number, card in shown)]
    if not shown:
        lines.append(wording.no_kicks(marks))
    buttons = [button for number, card in shown for button in _buttons(number, actions.of_kept(card).actions)]
    return Message("\n".join(lines), buttons=(*buttons, *rows_of(actions.turns(reply.back, reply.next), ROWS["turn"])))


def _entry(marks: Markup, number: int, entry: replies.Entry, kind: replies.PageKind) -> str:
    return f"{number}\\. **{markup.name(entry.card.name)}** · {' · '.join(wording.about(marks, entry, kind))}"


def _kick(number: int, card: Card) -> str:
    state = "" if card.ref.kind == "kick" else "not saved"
    facts = (markup.name(card.prompt), card.tone, card.length, *map(markup.name, card.remarks), state)
    return f"{number}\\. **{markup.name(card.name)}** · {' · '.join(filter(None, facts))}"


def _buttons(number: int, found: Iterable[Action]) -> Iterator[Button]:
    """The actions of an entry, each kind in a row of its own: the entry's number says whose it is."""
    for action in found:
        yield Button(action, str(number) if action.emoji else f"{action.label} {number}", ROWS[action.kind])
