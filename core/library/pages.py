"""Lists of presets and kicks, a page at a time."""

import re
from collections.abc import Sequence
from dataclasses import replace

from core import errors, files, refs
from core.answers import cards, replies
from core.answers.commands import Invocation
from core.library.browsing import Cursor, Listed, Query, Side

NUMBER = re.compile(r"[1-9][0-9]{0,5}", re.ASCII)


def kicks(found: replies.Kicks, text: str, size: int) -> replies.Kicks | replies.OwnKick:
    """The page of `size` that `text` numbers, the first for any other text; a ref means that kick alone.

    Raises `errors.NoSuchTake` where it is none of these.
    """
    if ref := refs.parse(text):
        for card in found.found:
            if card.ref == ref:
                return replies.OwnKick(card)
        raise errors.NoSuchTake
    last = max(1, -(-len(found.found) // size))
    number = int(text) if NUMBER.fullmatch(text) else 1
    return replace(found, number=min(number, last), size=size)


def page(kind: replies.PageKind, found: Sequence[Listed], size: int, query: Query, store: files.Files) -> replies.Page:
    """The page of `size` at the query's cursor. One more that was found beyond it tells that there is another."""
    more = len(found) > size
    shown = found[-size:] if query.backwards else found[:size]
    follows = query.backwards or more
    precedes = more if query.backwards else query.cursor is not None
    return replies.Page(
        kind=kind,
        query=query.at(None),
        entries=tuple(entry(listed, store) for listed in shown),
        next=_turned(kind, query, "after", shown[-1]) if shown and follows else None,
        back=_turned(kind, query, "before", shown[0]) if shown and precedes else None,
    )


def entry(listed: Listed, store: files.Files) -> replies.Entry:
    """A preset as it is shown in a list."""
    return replies.Entry(
        card=cards.of_preset(listed.preset, listed.maker, store),
        saves=listed.saves,
        mine=listed.mine,
        saved=listed.saved,
        shared=listed.shared,
        operators=listed.preset.operators,
    )


def _turned(kind: replies.PageKind, query: Query, side: Side, beside: Listed) -> Invocation:
    cursor = Cursor(side, beside.key, beside.entry)
    return Invocation("presets browse" if kind == "browse" else "presets mine", str(query.at(cursor)))
