"""Every quality moves what it is about, the more the stronger it is taken, on kicks that nobody tuned it with."""

from functools import cache

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats

from gpu.synth import space, words
from gpu.synth.characters import CHARACTERS
from gpu.synth.plain import PLAIN
from gpu.synth.render import render
from tests.gpu.synth.kicks import HELD_OUT, NAMES, audible

KICKS = 24
BASES = ("kick", "house", "club", "techno", "minimal", "909", "hiphop", "acoustic")
LIVELY = ("techno", "rock", "edm", "dub", "synthwave", "jazz", "ambient", "rave")

# Word -> what it must move, and which way.
# fmt: off
MEASURES = {
    "hit": "+click_db", "deep": "-tail_hz", "high": "+tail_hz", "sub": "+sub", "boom": "+level_200_db",
    "long": "+t20", "short": "-t20", "tight": "-t20", "sustained": "+t20", "punchy": "+start_hz",
    "snappy": "+click_db", "hard": "+harmonics_db", "soft": "+attack", "heavy": "+sub", "fat": "+low_mid_db",
    "big": "+t60", "round": "-high_db", "warm": "-high_db", "dark": "-centroid", "bright": "+centroid",
    "clean": "-harmonics_db", "dirty": "+harmonics_db", "distorted": "+harmonics_db",
    "saturated": "+harmonics_db", "crunchy": "+knock_db", "fuzzy": "+thd", "gritty": "+noise_db",
    "crushed": "+noise_db", "dry": "-room_db", "wet": "+room_db", "roomy": "+harmonics_db",
    "rumble": "+t60", "gated": "-t60", "tape": "+t60", "analog": "+thd", "digital": "+high_db",
    "vintage": "-t20", "dusty": "+noise_db", "noisy": "+high_db", "airy": "+centroid", "click": "+high_db",
    "knock": "+knock_db", "thump": "-high_db", "woody": "+low_mid_db", "metallic": "+high_db",
    "natural": "+attack", "boxy": "+low_mid_db", "scooped": "-low_mid_db", "thin": "-sub",
    "small": "+tail_hz", "zap": "+start_hz", "bouncy": "+tail_hz", "loud": "+t20", "dynamic": "+crest_db",
}
# fmt: on


@cache
def plain(style: str, seed: int) -> NDArray[np.float64]:
    return _audible(style, seed, ())


@pytest.mark.parametrize("word", sorted(MEASURES))
def test_a_quality_moves_its_measure(word: str) -> None:
    bases = LIVELY if word == "dry" else BASES
    strengths = np.array([(7 * kick % KICKS + 1) / KICKS for kick in range(KICKS)])
    sign = 1 if MEASURES[word].startswith("+") else -1
    column = NAMES.index(MEASURES[word][1:])
    shifts = []
    for kick, strength in enumerate(strengths):
        style, seed = bases[kick % len(bases)], HELD_OUT + kick
        moved = _audible(style, seed, ((CHARACTERS[word], float(strength)),))
        shifts.append(sign * (moved - plain(style, seed))[column])
    right = np.array(shifts)[strengths >= 0.5] > 0
    assert right.mean() >= 0.8
    assert stats.spearmanr(strengths, shifts).statistic >= (0.2 if word == "dry" else 0.35)


def test_every_quality_is_measured() -> None:
    assert set(MEASURES) == set(CHARACTERS)


def _audible(style: str, seed: int, steps: tuple[tuple[space.Character, float], ...]) -> NDArray[np.float64]:
    drawn = space.blend(PLAIN, [(words.styles()[style], 1.0)], space.point(seed))
    return audible(render(space.recipe(space.move(drawn, steps)), seed))
