"""Cards and answers laid out for a terminal."""

from collections.abc import Iterable

from prompt_toolkit.formatted_text import FormattedText

from bots.chat import wording
from bots.console import texts
from bots.console.markup import MARKUP
from bots.console.markup import name as shown
from core.answers import replies
from core.answers.cards import Card

BRIGHT, DIM, BODY, LINK, WARN = "bold", "ansibrightblack", "", "underline", "ansiyellow"
WAVE = "ansired"

Fragments = list[tuple[str, str]]


def card(card: Card, sketch: list[str]) -> FormattedText:
    """A kick or a preset: name and prompt, waveform, facts, recipe, remarks, link."""
    return FormattedText(_card(card, sketch))


def reply(reply: replies.Reply) -> FormattedText:
    """An answer to a command."""
    return FormattedText(_reply(reply))


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
        *_link(card),
    ]


def _reply(reply: replies.Reply) -> Fragments:
    match reply:
        case replies.Shown(entry=replies.Entry(card=found)) | replies.OwnKick(card=found):
            return _card(found, [])
        case replies.Question():
            asked = wording.sentence(MARKUP, reply.text)
            return [(BODY, f"  {asked}\n"), (DIM, f"  {reply.label}: /{reply.confirm}\n")]
        case replies.Kicks():
            return _kicks(reply)
        case replies.Page():
            return _page(reply)
        case replies.Help():
            width = max(len(command.line) for command in reply.commands)
            return [(BODY, f"  {one.line:<{width}}  {one.summary}\n") for one in reply.commands]
        case _:
            lines = [(BODY, f"  {shown(line)}\n") for line in texts.reply(reply).split("\n")]
            return [
                *lines,
                *((DIM, f"  to {shown(one.to.label)}: {shown(one.text)}\n") for one in replies.notifications(reply)),
            ]


def _kicks(kicks: replies.Kicks) -> Fragments:
    if not kicks.found:
        return [(BODY, f"  {wording.no_kicks(MARKUP)}\n")]
    takes = _rows(card for card in kicks.shown if card in kicks.takes)
    return [
        (DIM, f"  Your library, {kicks.kept} of {kicks.limit} kicks\n"),
        *_rows(card for card in kicks.shown if card in kicks.library),
        *([(DIM, "  Recent kicks\n"), *takes] if takes else []),
        *_turns(kicks),
    ]


def _rows(cards: Iterable[Card]) -> Fragments:
    return [
        part for one in cards for part in _row(one, (shown(one.prompt), one.tone, one.length, *map(shown, one.remarks)))
    ]


def _page(page: replies.Page) -> Fragments:
    if not page.entries:
        return [(BODY, f"  {wording.empty_page(MARKUP, page)}\n")]
    rows = [part for entry in page.entries for part in _row(entry.card, wording.about(MARKUP, entry))]
    return [(DIM, f"  {wording.page_heading(MARKUP, page)}\n"), *rows, *_turns(page)]


def _turns(page: replies.Page | replies.Kicks) -> Fragments:
    turns = (("next", page.next), ("back", page.back))
    return [(DIM, f"  {word}: /{invocation}\n") for word, invocation in turns if invocation]


def _row(card: Card, about: Iterable[str]) -> Fragments:
    return [
        (BRIGHT, f"  {shown(card.name):<32}"),
        (BODY, f" {' · '.join(filter(None, about))}\n"),
        (DIM, f"    {card.ref}"),
        *(_link(card) or [(BODY, "\n")]),
    ]


def _link(card: Card) -> Fragments:
    return [(BODY, "  "), (LINK, card.audio.url), (BODY, "\n")] if card.audio else []
