"""Lists of presets and kicks, each entry to be heard and kept in place."""

from slack_sdk.models.blocks import Block, ButtonElement

from bots.slack import cards, markup, sheets
from bots.slack.sheets import Sheet
from core import replies
from core.cards import Card
from core.commands import Invocation

MOST_KICKS = 20
"""Kicks in one message: Slack takes 50 blocks."""

NOTHING = {
    "browse": "Nothing here yet. `share NAME` shows a preset of yours.",
    "mine": "You have no presets yet: 💾 below a kick saves it as one.",
}


def presets(page: replies.Page) -> Sheet:
    """Presets shared in a channel, or one's own."""
    heading = "Presets shared here" if page.kind == "browse" else "Your presets"
    query = markup.name(str(page.query))
    top = f"*{heading}*" + (f" · {query}" if query else "")
    blocks: list[Block] = [sheets.section(top)]
    for entry in page.entries:
        blocks += _preset(entry, page.kind == "mine")
    if not page.entries:
        blocks.append(sheets.section(NOTHING[page.kind]))
    turns = [
        sheets.key(label, "turn", to) for label, to in (("◀ Back", page.back), ("More ▶", page.next)) if to is not None
    ]
    if turns:
        blocks.append(sheets.keys(turns))
    return Sheet(f"{heading}: {len(page.entries)}", tuple(blocks))


def kicks(reply: replies.Kicks, most: int = MOST_KICKS) -> Sheet:
    """One's library and recent kicks: what is not saved yet comes first."""
    top = f"*Your kicks* · {reply.kept} of {reply.limit} in your library, {len(reply.takes)} not saved"
    blocks: list[Block] = [sheets.section(top)]
    found = [*((card, True) for card in reply.takes), *((card, False) for card in reply.library)]
    for card, unsaved in found[:most]:
        blocks += _kick(card, unsaved=unsaved)
    if len(found) > most:
        blocks.append(sheets.small(f"… and {len(found) - most} more"))
    if not found:
        blocks.append(sheets.section("None yet: `hit house` makes the first."))
    return Sheet(top, tuple(blocks))


def _preset(entry: replies.Entry, own: bool) -> list[Block]:
    card = entry.card
    saves = f"saved by {entry.saves}" if entry.saves else ""
    signs = ("saved ✓" if entry.saved and not entry.mine else "", "shared here" if own and entry.shared else "")
    more = " · ".join(filter(None, (cards.facts(card), f"by {markup.name(card.maker)}", saves, *signs)))
    silent = [markup.text(remark) for remark in card.remarks]
    buttons: list[ButtonElement] = [_hear(card)] if card.audio else []
    if card.audio and not entry.mine:
        buttons.insert(0, cards.save(card))
    if own:
        verb = "unshare" if entry.shared else "share"
        buttons += [
            sheets.key(verb.capitalize(), "tell", Invocation(f"presets {verb}", str(card.ref))),  # type: ignore[arg-type]
            sheets.key("Delete", "tell", Invocation("presets delete", str(card.ref))),
        ]
    return _entry("\n".join((cards.title(card), more, *silent)), card, buttons)


def _kick(card: Card, *, unsaved: bool) -> list[Block]:
    delete = sheets.key("Delete", "tell", Invocation("delete", str(card.ref)))
    buttons = [cards.save(card), delete] if unsaved else [delete]
    lines = (cards.title(card), cards.facts(card), *map(markup.text, card.remarks))
    return _entry("\n".join(filter(None, lines)), card, buttons)


def _entry(text: str, card: Card, buttons: list[ButtonElement]) -> list[Block]:
    if card.audio is not None:
        buttons = [*buttons, sheets.opening("WAV", card.audio.url)]
    return [sheets.section(text), *([sheets.keys(buttons)] if buttons else [])]


def _hear(card: Card) -> ButtonElement:
    return sheets.key("▶ Play here", "post", Invocation("presets show", str(card.ref)))
