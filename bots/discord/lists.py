"""Lists of presets and kicks, a page at a time, each entry to be heard and kept in place."""

from collections.abc import Iterator, Sequence

from bots.discord import cards, markup
from bots.discord.sheets import How, Key, Sheet
from core import replies
from core.cards import Card
from core.commands import Invocation

SIZE = 5
"""Entries on a page: Discord sets five buttons in a row."""

HEAR, KEEP, SHARE, DELETE, TURN = range(5)
"""The rows of buttons."""


def presets(page: replies.Page) -> Sheet:
    """Presets shared in a channel, or one's own."""
    heading = "Presets shared here" if page.kind == "browse" else "Your presets"
    asked = markup.name(str(page.query))
    lines = [f"**{heading}**" + (f" · {asked}" if asked else "")]
    lines += [_entry(number, entry) for number, entry in enumerate(page.entries, 1)] or [_none(page)]
    keys = _shared_keys(page.entries) if page.kind == "browse" else _own_keys(page.entries)
    return Sheet("\n".join(lines), keys=(*keys, *_turns(page.back, page.next)))


def kicks(reply: replies.Kicks, page: int) -> Sheet:
    """One's library and recent kicks: what is not saved yet comes first. Pages are counted from 1."""
    found = (*reply.takes, *reply.library)
    start = (page - 1) * SIZE
    shown = found[start : start + SIZE]
    lines = [f"**Your kicks** · {reply.kept} of {reply.limit} in your library, {len(reply.takes)} not saved"]
    lines += [_kick(number, card) for number, card in enumerate(shown, start + 1)]
    if not found:
        lines.append("None yet: /kick makes the first.")
    back = Invocation("kicks", str(page - 1)) if page > 1 else None
    more = Invocation("kicks", str(page + 1)) if start + SIZE < len(found) else None
    return Sheet("\n".join(lines), keys=(*_kick_keys(shown, start), *_turns(back, more)))


def _entry(number: int, entry: replies.Entry) -> str:
    card = entry.card
    saves = f"saved by {entry.saves}" if entry.saves else ""
    shared = "shared here" if entry.shared and entry.mine else ""
    facts = (f"by {markup.name(card.maker)}", card.tone, card.length, saves, shared, *map(markup.name, card.remarks))
    return f"{number}\\. **{markup.name(card.name)}** · {' · '.join(filter(None, facts))}"


def _kick(number: int, card: Card) -> str:
    state = "" if card.ref.kind == "kick" else "not saved"
    facts = (markup.name(card.prompt), card.tone, card.length, state, *map(markup.name, card.remarks))
    return f"{number}\\. **{markup.name(card.name)}** · {' · '.join(filter(None, facts))}"


def _none(page: replies.Page) -> str:
    if page.kind == "mine":
        return "None yet: 💾 below a kick saves it as a preset."
    return "None that fit." if str(page.query) else "None yet: /presets share shows one of yours to everybody here."


def _shared_keys(entries: Sequence[replies.Entry]) -> Iterator[Key]:
    for number, entry in enumerate(entries, 1):
        if entry.card.audio:
            yield _hear(number, Invocation("presets show", str(entry.card.ref)), "post")
            yield cards.save(entry.card, str(number), KEEP)


def _own_keys(entries: Sequence[replies.Entry]) -> Iterator[Key]:
    for number, entry in enumerate(entries, 1):
        ref = str(entry.card.ref)
        if entry.card.audio:
            yield _hear(number, Invocation("presets show", ref), "tell")
        share = Invocation("presets unshare" if entry.shared else "presets share", ref)
        yield Key(f"Unshare {number}" if entry.shared else f"Share {number}", share, row=SHARE)
        yield Key(str(number), Invocation("presets delete", ref), row=DELETE, emoji="🗑️")


def _kick_keys(shown: Sequence[Card], start: int) -> Iterator[Key]:
    for number, card in enumerate(shown, start + 1):
        yield _hear(number, Invocation("kicks", str(card.ref)), "tell")
        if card.ref.kind == "take":
            yield cards.save(card, str(number), KEEP)
        yield Key(str(number), Invocation("delete", str(card.ref)), row=DELETE, emoji="🗑️")


def _hear(number: int, does: Invocation, how: How) -> Key:
    return Key(str(number), does, how, HEAR, emoji="▶️")


def _turns(back: Invocation | None, more: Invocation | None) -> Iterator[Key]:
    if back:
        yield Key("Back", back, "turn", TURN, emoji="◀️")
    if more:
        yield Key("Next", more, "turn", TURN, emoji="⏭️")
