"""Cards and answers laid out for a terminal, and as fields for JSON."""

import unicodedata

from prompt_toolkit.formatted_text import FormattedText

from core import replies
from core.cards import Card
from core.engine import Progress

BRIGHT, DIM, BODY = "bold", "ansibrightblack", ""
WAVE = "ansired"


def progress(prompt: str, progress: Progress) -> str:
    """One line of progress."""
    doing = {"queued": "waiting for its turn", "waking": "waking the kick machine", "rendering": "making"}
    return f"{prompt}: {doing[progress.state]}, {progress.seconds:.0f} s"


def card(card: Card, sketch: list[str]) -> FormattedText:
    """A kick: name and prompt, waveform, facts, recipe, remarks, link."""
    lines = [
        (BRIGHT, f"  {card.take.name}"),
        (DIM, f"  {shown(card.take.recipe.prompt)}, for {shown(card.asker)}\n"),
        *((WAVE, f"  {line}\n") for line in sketch),
        (BODY, f"  {card.tone} · {card.length} · {card.level}\n"),
        (DIM, f"  {card.made}\n"),
        *(("ansiyellow", f"  {shown(remark)}\n") for remark in card.remarks),
        ("underline", f"  {card.audio_url}"),
        (BODY, "\n"),
    ]
    return FormattedText(lines)


def reply(reply: replies.Reply) -> FormattedText:
    """An answer to a command."""
    match reply:
        case replies.Notice():
            return FormattedText([(BODY, f"  {shown(reply.text)}\n")])
        case replies.Kicks(cards=()):
            return FormattedText([(BODY, "  You have made no kicks yet: /kick hit house makes the first.\n")])
        case replies.Kicks():
            return FormattedText([fragment for card in reply.cards for fragment in _row(card)])
        case replies.Words():
            return FormattedText([(BODY, f"  {_words(reply)}\n")])
        case replies.Help():
            width = max(len(command.line) for command in reply.commands)
            return FormattedText([(BODY, f"  {c.line:<{width}}  {c.summary}\n") for c in reply.commands])


def shown(text: str) -> str:
    """Text of users without control characters, which a terminal would obey."""
    return "".join(letter if not unicodedata.category(letter).startswith("C") else "�" for letter in text)


def card_fields(card: Card) -> dict[str, object]:
    """A kick as JSON fields; `hz`, `note` and `cents` are null for an unpitched one."""
    take = card.take
    return {
        "ok": True,
        "kind": "kick",
        "text": f"{take.name}: {card.tone}, {card.length}, {card.level}",
        "id": take.id,
        "name": take.name,
        "prompt": take.recipe.prompt,
        "matched": take.recipe.matched,
        "ignored": take.recipe.ignored,
        "seed": take.recipe.seed,
        "engine": take.recipe.engine,
        "revision": take.recipe.revision,
        "audioUrl": card.audio_url,
        "path": take.path,
        "fileName": card.file_name,
        "note": take.facts.note,
        "hz": take.facts.hz,
        "cents": take.facts.cents,
        "seconds": take.facts.seconds,
        "peakDb": take.facts.peak_db,
        "lufs": take.facts.lufs,
        "imageUrl": card.picture_url,
        "remarks": card.remarks,
    }


def reply_fields(reply: replies.Reply) -> dict[str, object]:
    """An answer as JSON fields."""
    match reply:
        case replies.Notice():
            return {"ok": True, "kind": reply.kind, "text": reply.text}
        case replies.Kicks():
            return {
                "ok": True,
                "kind": "kicks",
                "text": f"{len(reply.cards)} recent kicks",
                "kicks": [card_fields(card) for card in reply.cards],
            }
        case replies.Words():
            return {"ok": True, "kind": "words", "text": _words(reply), "words": reply.words}
        case replies.Help():
            fields = [{"command": command.line, "summary": command.summary} for command in reply.commands]
            text = "; ".join(command.line for command in reply.commands)
            return {"ok": True, "kind": "help", "text": text, "commands": fields}


def _row(card: Card) -> list[tuple[str, str]]:
    return [
        (BRIGHT, f"  {card.take.name:<20}"),
        (BODY, f" {shown(card.take.recipe.prompt)} · {card.tone} · {card.length}\n"),
        (DIM, f"  {'':<20} {card.audio_url}\n"),
    ]


def _words(reply: replies.Words) -> str:
    if reply.words is None:
        return "This kick machine does not tell which words it knows."
    return " ".join(reply.words)
