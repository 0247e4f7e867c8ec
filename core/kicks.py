"""A kick: what it was made from, what it sounds like, where it lies."""

from dataclasses import dataclass
from datetime import datetime

from core.sound.measuring import Facts


@dataclass(frozen=True, slots=True)
class Recipe:
    """All it takes to make a sound again.

    `matched` and `ignored` are None where the engine does not tell which words it knows, `seed` where it takes none,
    `steps` and `guidance` where it has no such thing.
    """

    prompt: str
    engine: str
    revision: str
    matched: tuple[str, ...] | None
    ignored: tuple[str, ...] | None
    seed: int | None
    steps: int | None
    guidance: float | None


@dataclass(frozen=True, slots=True)
class Take:
    """A kick just made: playable until it expires. `path` is where its sound lies."""

    id: int
    account: int
    name: str
    path: str
    recipe: Recipe
    facts: Facts
    created: datetime
    expires: datetime
