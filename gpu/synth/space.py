"""The space of recipes: a seed is a point in the unit cube, a style a box to put it in, a character word a step."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from gpu.synth.recipe import Recipe, scales

Box = Mapping[str, tuple[float, float]]
Point = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Style:
    """A word for a kind of kick. `box`: field of the recipe -> between which two values the seed chooses."""

    means: str
    box: Box


@dataclass(frozen=True, slots=True)
class Character:
    """A word for a quality. `step`: field of the recipe -> factor (times, frequencies) or amount (levels, shares)."""

    means: str
    step: Mapping[str, float]


def point(seed: int) -> Point:
    """Where in every box the seed's kick lies: field -> 0 to 1, whatever the words are.

    The places crowd at the walls (arcsine distribution), so that two seeds sooner differ audibly.
    """
    even = np.random.default_rng(seed).random(len(scales()))
    return dict(zip(scales(), (0.5 - 0.5 * np.cos(np.pi * even)).tolist(), strict=True))


def blend(plain: Box, styles: Sequence[tuple[Style, float]], place: Point) -> dict[str, float]:
    """Scaled coordinates in the weighted mean of the boxes.

    A style counts only in the fields that it names, so that two styles with different concerns both keep their meaning.
    """
    coordinates = {}
    for name, scale in scales().items():
        named = [(style.box[name], weight) for style, weight in styles if name in style.box] or [(plain[name], 1.0)]
        total = sum(weight for _, weight in named)
        low = sum(scale.scaled(box[0]) * weight for box, weight in named) / total
        high = sum(scale.scaled(box[1]) * weight for box, weight in named) / total
        coordinates[name] = low + (high - low) * place[name]
    return coordinates


def move(coordinates: Mapping[str, float], characters: Sequence[tuple[Character, float]]) -> dict[str, float]:
    """The coordinates after every step, each taken with its strength; the order of steps does not matter."""
    moved = dict(coordinates)
    for character, strength in characters:
        for name, step in character.step.items():
            moved[name] += strength * scales()[name].scaled(step)
    return moved


def recipe(coordinates: Mapping[str, float]) -> Recipe:
    """The recipe at these coordinates, brought inside the bounds."""
    return Recipe(**{name: scale.value(coordinates[name]) for name, scale in scales().items()})
