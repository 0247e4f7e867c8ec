"""Cards to show, without a database behind them."""

from dataclasses import replace

from bots.chat.actions import Action, Buttons
from core.answers import replies
from core.answers.cards import Audio, Card
from core.answers.commands import Invocation
from core.kicks import Recipe
from core.refs import Kind, Ref

RECIPE = Recipe(
    prompt="hit wobble",
    engine="synth",
    revision="synth-1",
    matched=("hit",),
    ignored=("wobble",),
    seed=42,
    steps=None,
    guidance=None,
)


def card(number: int = 1, kind: Kind = "take", url: str = "https://kick.example/1.wav") -> Card:
    """A card with a sound, called after its number."""
    return Card(
        ref=Ref(kind, number),
        name=f"Boom {number}",
        kick="AI: Ada",
        maker="ada",
        audio=Audio(f"1/{number}.wav", url, url.replace(".wav", ".png"), "kick_hit.wav"),
        facts=None,
        recipe=RECIPE,
        tone="F1 +12 cents, 43.9 Hz",
        length="0.50 s",
        level="peak -0.4 dBFS, -12.0 LUFS",
        made="seed 42, synth",
        remarks=('"wobble" is no word I know',),
    )


def silent(number: int = 1, kind: Kind = "preset") -> Card:
    """A card without a sound, which says why."""
    remarks = ("the file of AI: Ada is not here",)
    return replace(card(number, kind), audio=None, recipe=None, tone="", length="", level="", made="", remarks=remarks)


def entry(number: int = 1, **changes: object) -> replies.Entry:
    """An entry of somebody else's, shared here."""
    plain = replies.Entry(card(number, "preset"), saves=0, mine=False, saved=False, shared=True, operators=False)
    return replace(plain, **changes)  # type: ignore[arg-type]


def many(card: Card, count: int = 12) -> Buttons:
    """So many things to do with a take; the first is another one, the last is to save it."""
    again = Action("again", "Again", card.ref, "again", "🔁")
    doing = [Action("play", f"Do {n}", Invocation("presets browse", f"max:{n}")) for n in range(2, count)]
    save = Action("save", f"Do {count}", Invocation("presets save", str(card.ref)))
    return Buttons("card", card.ref, (again, *doing, save))
