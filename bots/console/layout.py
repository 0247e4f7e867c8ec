"""Cards and answers laid out for a terminal."""

from collections.abc import Iterable
from textwrap import wrap

from prompt_toolkit.formatted_text import FormattedText

from bots.chat import wording
from bots.console import own_commands, texts
from bots.console.markup import MARKUP
from bots.console.markup import name as shown
from bots.console.whereabouts import Whereabouts
from core.answers import replies
from core.answers.cards import Card

BRIGHT, DIM, BODY, LINK, WARN = "bold", "ansibrightblack", "", "underline", "ansiyellow"
WAVE = "ansired"

NARROWEST_SUMMARY = 24
"""Columns: where less is left beside the commands, what they do stands below them."""
LONGEST_BESIDE = 0.4
"""Of the terminal's width: what is longer has what it does below it."""

Fragments = list[tuple[str, str]]


def card(card: Card, sketch: list[str], where: Whereabouts, written: str | None = None) -> FormattedText:
    """A kick or a preset: name and prompt, waveform, facts, recipe, remarks, and where its sound is.

    `written` is the file to which it was written for whoever asked.
    """
    return FormattedText([*_card(card, sketch), *_sound(card, where, written)])


def reply(reply: replies.Reply, where: Whereabouts, width: int) -> FormattedText:
    """An answer to a command; help and words are fitted into so many columns."""
    return FormattedText(_reply(reply, where, width))


def _card(card: Card, sketch: list[str]) -> Fragments:
    about = filter(None, (wording.prompt(MARKUP, card), f"for {shown(card.maker)}"))
    facts = wording.facts(card)
    recipe = [part for part in (card.kick if card.kick != card.name else "", card.made) if part]
    return [
        (BRIGHT, f"  {shown(card.name)}"),
        (DIM, f"  {', '.join(about)}\n"),
        *((WAVE, f"  {line}\n") for line in sketch),
        *((BODY, f"  {' · '.join(line)}\n") for line in [facts] if line),
        *((DIM, f"  {', '.join(line)}\n") for line in [recipe] if line),
        *((WARN, f"  {remark}\n") for remark in wording.remarks(MARKUP, card)),
    ]


def _reply(reply: replies.Reply, where: Whereabouts, width: int) -> Fragments:
    match reply:
        case replies.Question():
            asked = wording.sentence(MARKUP, reply.text)
            return [(BODY, f"  {asked}\n"), (DIM, f"  {reply.label}: /{reply.confirm}\n")]
        case replies.Kicks():
            return _kicks(reply, where)
        case replies.Page():
            return _page(reply, where)
        case replies.Help():
            return [(BODY, f"{line}\n") for line in _table(own_commands.described(reply.commands), width)]
        case replies.Words():
            words = wrap(texts.reply(reply), width - 2, break_on_hyphens=False)
            return [(BODY, f"  {shown(line)}\n") for line in words]
        case _:
            lines = [(BODY, f"  {shown(line)}\n") for line in texts.reply(reply).split("\n")]
            return [
                *lines,
                *((DIM, f"  to {shown(one.to.label)}: {shown(one.text)}\n") for one in replies.notifications(reply)),
            ]


def _kicks(kicks: replies.Kicks, where: Whereabouts) -> Fragments:
    if not kicks.found:
        return [(BODY, f"  {wording.no_kicks(MARKUP)}\n")]
    takes = _rows((card for card in kicks.shown if card in kicks.takes), where)
    return [
        *([(DIM, "  Recent kicks\n"), *takes] if takes else []),
        (DIM, f"  Your library, {kicks.kept} of {kicks.limit} kicks\n"),
        *_rows((card for card in kicks.shown if card in kicks.library), where),
        *_turns(kicks),
    ]


def _table(described: Iterable[tuple[str, str]], width: int) -> Iterable[str]:
    """What may be typed beside what it does; a long line stands above it, each where that leaves too little room."""
    lines = list(described)
    column = max(len(line) for line, _ in lines if len(line) <= LONGEST_BESIDE * width) + 4
    if width - column < NARROWEST_SUMMARY:
        column = 6
    for line, summary in lines:
        told = wrap(summary, width - column)
        if len(line) + 4 <= column:
            yield f"  {line:<{column - 4}}  {told.pop(0)}"
        else:
            yield from wrap(line, width, initial_indent="  ", subsequent_indent="    ")
        yield from (" " * column + rest for rest in told)


def _rows(cards: Iterable[Card], where: Whereabouts) -> Fragments:
    return [
        part
        for one in cards
        for part in _row(one, (shown(one.prompt), one.tone, one.length, *map(shown, one.remarks)), where)
    ]


def _page(page: replies.Page, where: Whereabouts) -> Fragments:
    if not page.entries:
        return [(BODY, f"  {wording.empty_page(MARKUP, page)}\n")]
    rows = [part for entry in page.entries for part in _row(entry.card, wording.about(MARKUP, entry, page.kind), where)]
    return [(DIM, f"  {wording.page_heading(MARKUP, page)}\n"), *rows, *_turns(page)]


def _turns(page: replies.Page | replies.Kicks) -> Fragments:
    turns = (("next", page.next), ("back", page.back))
    return [(DIM, f"  {word}: /{invocation}\n") for word, invocation in turns if invocation]


def _row(card: Card, about: Iterable[str], where: Whereabouts) -> Fragments:
    audio = card.audio
    place = (where.url(audio) or where.file(audio)) if audio else None
    return [
        (BRIGHT, f"  {shown(card.name):<32}"),
        (BODY, f" {' · '.join(filter(None, about))}\n"),
        (DIM, f"    {card.ref}"),
        *([(BODY, "  "), (LINK, place)] if place else []),
        (BODY, "\n"),
    ]


def _sound(card: Card, where: Whereabouts, written: str | None) -> Fragments:
    """The link while it works, else the file: the one that was asked for, or ours and how to get another."""
    audio = card.audio
    if audio is None:
        return []
    url, file = where.url(audio), None if written else where.file(audio)
    lines = [(LINK, line) for line in (url, written, file if url is None else None) if line]
    if url is None and written is None:
        lines.append((DIM, f"--save FOLDER writes it as {audio.file_name}"))
    return [part for style, line in lines for part in ((BODY, "  "), (style, line), (BODY, "\n"))]
