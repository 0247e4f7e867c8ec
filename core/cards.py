"""What a card says about a kick, in plain text: each surface puts its own markup around it."""

from dataclasses import dataclass

from core import files, names, prompts
from core.kicks import Recipe, Take
from core.sound import writing
from core.sound.measuring import Facts


@dataclass(frozen=True, slots=True)
class Card:
    """One take for people to see. Nothing in it is escaped for any platform."""

    take: Take
    asker: str
    file_name: str
    audio_url: str
    picture_url: str
    tone: str
    length: str
    level: str
    made: str
    remarks: tuple[str, ...]


def card(take: Take, asker: str, store: files.Files, vocabulary: frozenset[str] | None, engine: str) -> Card:
    """Lay the card out. `engine` is the one that was to make the sound; another one's work is told."""
    return Card(
        take=take,
        asker=asker,
        file_name=writing.file_name(take.recipe.prompt, take.facts.note, names.given(take.name)),
        audio_url=store.url(take.path),
        picture_url=store.url(files.picture_path(take.path)),
        tone=tone(take.facts),
        length=f"{take.facts.seconds:.2f} s",
        level=f"peak {take.facts.peak_db:.1f} dBFS, {take.facts.lufs:.1f} LUFS",
        made=made(take.recipe),
        remarks=tuple(remarks(take.recipe, vocabulary, engine)),
    )


def tone(facts: Facts) -> str:
    """Note, cents and frequency: "F1 +12 cents, 43.9 Hz"."""
    if facts.hz is None:
        return "unpitched"
    return f"{facts.note} {facts.cents:+d} cents, {facts.hz:.1f} Hz"


def made(recipe: Recipe) -> str:
    """How to make it again: "seed 42, synth"."""
    seed = f"seed {recipe.seed}, " if recipe.seed is not None else ""
    return f"{seed}{recipe.engine}"


def remarks(recipe: Recipe, vocabulary: frozenset[str] | None, engine: str) -> list[str]:
    """What the asker should know besides: words that did nothing, another engine, no seed."""
    said: list[str] = []
    for word in dict.fromkeys(recipe.ignored or ()):
        near = prompts.nearest(word, vocabulary or frozenset())
        said.append(f'"{word}" is no word I know' + (f"; near it: {', '.join(near)}" if near else ""))
    if recipe.engine != engine:
        said.append(f"made by {recipe.engine}, because {engine} took no orders")
    if recipe.seed is None:
        said.append("an older kick machine made it, which takes no seed: this sound cannot be made again")
    return said
