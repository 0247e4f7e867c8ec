"""What a card says about a kick or a preset, in plain text: each surface puts its own markup around it."""

from dataclasses import dataclass, replace

from core import files, names
from core.kicks import STOCK, Kick, Preset, Recipe, Sound, Take
from core.making import prompts
from core.refs import Ref
from core.sound import writing
from core.sound.measuring import Facts

NAMED = 12
"""Unknown words that a remark names, at most."""


@dataclass(frozen=True, slots=True)
class Audio:
    """Where a sound is heard: its path in the files, its link, its picture's where it has one, a download's name."""

    path: str
    url: str
    picture_url: str | None
    file_name: str


@dataclass(frozen=True, slots=True)
class Card:
    """A take, a kick or a preset for people to see. Nothing in it is escaped for any platform.

    `name` is what it is called and `kick` is the kick that sounds; `maker` is the display name of whom it is from. No
    `audio` means that there is no sound here, and a remark says why. Lines that have nothing to tell are empty.
    """

    ref: Ref
    name: str
    kick: str
    maker: str
    audio: Audio | None
    facts: Facts | None
    recipe: Recipe | None
    tone: str
    length: str
    level: str
    made: str
    remarks: tuple[str, ...]

    @property
    def prompt(self) -> str:
        """The words that it was made from, empty where those are not known."""
        return self.recipe.prompt if self.recipe else ""


def of_take(take: Take, maker: str, store: files.Files, said: tuple[str, ...] = ()) -> Card:
    """The card of a take, with the remarks `said` about it."""
    return replace(_of_sound(take.ref, take.name, maker, take.sound, store), remarks=said)


def of_doubted_take(take: Take, maker: str, store: files.Files) -> Card:
    """The card of a take of whose sound it cannot be told whether it is there."""
    said = "its kick was deleted in the web app, and whether its file went too cannot be looked up at the moment"
    return replace(of_take(take, maker, store, (said,)), audio=None)


def of_kick(kick: Kick, maker: str, store: files.Files) -> Card:
    """The card of a kick in a library."""
    return _of_sound(kick.ref, kick.sound.name, maker, kick.sound, store)


def of_preset(preset: Preset, maker: str, store: files.Files) -> Card:
    """The card of a preset; a stock kick of the web app, and one that is gone, has no sound here."""
    if preset.kick is not None:
        return _of_sound(preset.ref, preset.name, maker, preset.kick.sound, store)
    return _silent(preset.ref, preset.name, preset.sample, maker)


def silence(kick: str) -> str:
    """Why what plays that kick makes no sound here."""
    if kick in STOCK:
        return f"{kick} is a kick that only the web app has: it sounds there, not here"
    return f"the file of {kick} is not here"


def tone(facts: Facts) -> str:
    """Note, cents and frequency: "F1 +12 cents, 43.9 Hz"."""
    if facts.hz is None:
        return "unpitched"
    return f"{facts.note} {facts.cents:+d} cents, {facts.hz:.1f} Hz"


def made(recipe: Recipe | None) -> str:
    """How to make it again: "seed 42, synth"."""
    if recipe is None:
        return "made in the web app"
    seed = f"seed {recipe.seed}, " if recipe.seed is not None else ""
    return f"{seed}{recipe.engine}"


def remarks(recipe: Recipe, vocabulary: frozenset[str] | None, engine: str) -> tuple[str, ...]:
    """What the asker should know of a kick just made: words that did nothing, another engine than `engine`, no seed."""
    said: list[str] = []
    unknown = list(dict.fromkeys(recipe.ignored or ()))
    words = [word for word in unknown if not prompts.leads_away(word)]
    if len(words) == 1:
        near = prompts.nearest(words[0], vocabulary or frozenset())
        said.append(f'"{words[0]}" is no word I know' + (f"; near it: {', '.join(near)}" if near else ""))
    elif words:
        more = f" and {len(words) - NAMED} more" if len(words) > NAMED else ""
        said.append(f"no words I know: {', '.join(words[:NAMED])}{more}")
    if len(words) < len(unknown):
        said.append("links and mentions do nothing here")
    if recipe.engine != engine:
        said.append(f"made by {recipe.engine}, because {engine} took no orders")
    if recipe.seed is None:
        said.append("an older kick machine made it, which takes no seed: this sound cannot be made again")
    return tuple(said)


def _of_sound(ref: Ref, name: str, maker: str, sound: Sound, store: files.Files) -> Card:
    if not sound.audible:
        return _silent(ref, name, sound.name, maker)
    facts = sound.facts
    prompt = sound.recipe.known if sound.recipe else ""
    pictured = store.url(files.picture_path(sound.path)) if facts else None
    file_name = writing.file_name(prompt, facts.note if facts else None, names.given(sound.name))
    return Card(
        ref=ref,
        name=name,
        kick=sound.name,
        maker=maker,
        audio=Audio(sound.path, store.url(sound.path), pictured, file_name),
        facts=facts,
        recipe=sound.recipe,
        tone=tone(facts) if facts else "",
        length=f"{facts.seconds:.2f} s" if facts else "",
        level=f"peak {facts.peak_db:.1f} dBFS, {facts.lufs:.1f} LUFS" if facts else "",
        made=made(sound.recipe),
        remarks=(),
    )


def _silent(ref: Ref, name: str, kick: str, maker: str) -> Card:
    return Card(
        ref=ref,
        name=name,
        kick=kick,
        maker=maker,
        audio=None,
        facts=None,
        recipe=None,
        tone="",
        length="",
        level="",
        made="",
        remarks=(silence(kick),),
    )
