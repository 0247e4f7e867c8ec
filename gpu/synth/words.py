"""The vocabulary, and what the words of a prompt mean together."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from gpu.synth import space
from gpu.synth.aliases import ALIASES
from gpu.synth.characters import CHARACTERS
from gpu.synth.machines import MACHINES
from gpu.synth.plain import PLAIN
from gpu.synth.recipe import Recipe
from gpu.synth.styles_beats import BEATS
from gpu.synth.styles_club import CLUB
from gpu.synth.styles_hard import HARD
from gpu.synth.styles_live import LIVE


@dataclass(frozen=True, slots=True)
class Reading:
    """A prompt's words in their order, those that steer the sound apart from those that do not."""

    matched: tuple[str, ...]
    ignored: tuple[str, ...]


def read(prompt: str) -> Reading:
    """As the published model reads: commas are spaces, case does not matter."""
    words = prompt.replace(",", " ").lower().split()
    known = vocabulary()
    return Reading(tuple(word for word in words if word in known), tuple(word for word in words if word not in known))


def recipe(words: Sequence[str], seed: int) -> Recipe:
    """The kick that these known words ask for and this seed picks; the order of the words does not matter.

    A word said again counts more beside others, but never more than double. A style alone cannot be more of itself.
    """
    counts = Counter(ALIASES.get(word, word) for word in words)
    strengths = {word: 2 - 0.5 ** (count - 1) for word, count in counts.items()}
    kinds = [(styles()[word], strength) for word, strength in strengths.items() if word in styles()]
    qualities = [(CHARACTERS[word], strength) for word, strength in strengths.items() if word in CHARACTERS]
    return space.recipe(space.move(space.blend(PLAIN, kinds, space.point(seed)), qualities))


def meaning(word: str) -> str:
    """One line about a known word."""
    canonical = ALIASES.get(word, word)
    return styles()[canonical].means if canonical in styles() else CHARACTERS[canonical].means


@cache
def styles() -> Mapping[str, space.Style]:
    bare = space.Style("a kick, and nothing more said about it", {})
    return {"kick": bare, **CLUB, **HARD, **BEATS, **LIVE, **MACHINES}


@cache
def vocabulary() -> frozenset[str]:
    return frozenset({*styles(), *CHARACTERS, *ALIASES})
