"""Answers as fields for JSON: every one has `ok`, `kind` and `text`."""

from bots.chat import actions
from bots.console import account_fields, own_commands, texts
from bots.console.whereabouts import Whereabouts
from core.answers import replies
from core.answers.cards import Card
from core.answers.commands import Invocation

Fields = dict[str, object]


def card(card: Card, where: Whereabouts) -> Fields:
    """A kick or a preset. `hz`, `note` and `cents` are null for an unpitched one.

    Links are null where there is no sound or nobody serves it, `file` where it is in no folder of this machine.
    """
    audio, facts, recipe = card.audio, card.facts, card.recipe
    return {
        "ok": True,
        "kind": "preset" if card.ref.kind == "preset" else "kick",
        "text": texts.card(card),
        "ref": str(card.ref),
        "id": card.ref.id,
        "name": card.name,
        "kick": card.kick,
        "maker": card.maker,
        "prompt": recipe.prompt if recipe else None,
        "matched": recipe.matched if recipe else None,
        "ignored": recipe.ignored if recipe else None,
        "seed": recipe.seed if recipe else None,
        "engine": recipe.engine if recipe else None,
        "revision": recipe.revision if recipe else None,
        "audioUrl": where.url(audio) if audio else None,
        "path": audio.path if audio else None,
        "fileName": audio.file_name if audio else None,
        "file": where.file(audio) if audio else None,
        "imageUrl": where.picture_url(audio) if audio else None,
        "note": facts.note if facts else None,
        "hz": facts.hz if facts else None,
        "cents": facts.cents if facts else None,
        "seconds": facts.seconds if facts else None,
        "peakDb": facts.peak_db if facts else None,
        "lufs": facts.lufs if facts else None,
        "remarks": card.remarks,
    }


def reply(reply: replies.Reply, where: Whereabouts) -> Fields:
    """An answer to a command."""
    match reply:
        case replies.Shown() | replies.OwnKick():
            return entry(reply.entry, where) if isinstance(reply, replies.Shown) else card(reply.card, where)
        case replies.Notice():
            return {"ok": True, "kind": reply.kind, "text": reply.text}
        case replies.Saved():
            fields: Fields = {"preset": card(reply.card, where), "fresh": reply.fresh}
        case replies.Deleted():
            fields = {"messages": [posted.message for posted in reply.posted]}
        case replies.Question():
            fields = {"label": reply.label, "confirm": str(reply.confirm)}
        case replies.Kicks():
            fields = {
                "kicks": [card(one, where) for one in reply.shown if one in reply.takes],
                "library": [card(one, where) for one in reply.shown if one in reply.library],
                "limit": reply.limit,
                "next": _line(reply.next),
                "back": _line(reply.back),
            }
        case replies.Page():
            fields = {
                "query": str(reply.query),
                "presets": [entry(one, where) for one in reply.entries],
                "next": _line(reply.next),
                "back": _line(reply.back),
            }
        case replies.More():
            fields = {"ref": str(reply.card.ref), "commands": [str(one) for one in actions.commands_of(reply)]}
        case replies.Settings():
            settings = reply.settings
            fields = {"channels": sorted(settings.channels), "dailyLimit": settings.daily_limit}
        case replies.Words():
            fields = {"words": reply.words}
        case replies.Help():
            fields = {
                "commands": [
                    {"command": line, "summary": does} for line, does in own_commands.described(reply.commands)
                ]
            }
        case _:
            fields = account_fields.fields(reply)
    return {"ok": True, "kind": type(reply).__name__.lower(), "text": texts.reply(reply), **fields}


def entry(entry: replies.Entry, where: Whereabouts) -> Fields:
    """A preset in a list."""
    return {
        **card(entry.card, where),
        "saves": entry.saves,
        "mine": entry.mine,
        "saved": entry.saved,
        "shared": entry.shared,
        "operators": entry.operators,
    }


def _line(invocation: Invocation | None) -> str | None:
    return str(invocation) if invocation else None
