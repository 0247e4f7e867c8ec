"""Words can be told from one another by ear, and so can seeds."""

from functools import cache
from itertools import combinations, product

import numpy as np
from numpy.typing import NDArray

from gpu.synth import words
from gpu.synth.characters import CHARACTERS
from tests.gpu.synth.kicks import HELD_OUT, audible, sound

SEEDS = 5


@cache
def heard(word: str) -> NDArray[np.float64]:
    """Descriptors (seeds, 18) of a word on its own, all at the same peak level, no two words with the same seeds."""
    start = HELD_OUT + 100 * [*words.styles(), *CHARACTERS].index(word)
    return np.array([audible(sound(word, start + seed)) for seed in range(SEEDS)])


def apart(first: str, second: str) -> float:
    """How many deviations, of seeds and of hearing, two words differ in the descriptor that tells them best."""
    one, two = heard(first), heard(second)
    spread = np.sqrt((one.var(axis=0, ddof=1) + two.var(axis=0, ddof=1)) / 2 + 1)
    return float((np.abs(one.mean(axis=0) - two.mean(axis=0)) / spread).max())


def test_there_are_enough_words() -> None:
    assert len(words.vocabulary()) >= 60


def test_most_words_differ_from_every_other() -> None:
    everyone = [*words.styles(), *CHARACTERS]
    alike = [pair for pair in combinations(everyone, 2) if apart(*pair) < 1.25]
    distinct = set(everyone)
    while alike:
        most = max(distinct, key=lambda word: sum(word in pair for pair in alike))
        distinct.discard(most)
        alike = [pair for pair in alike if most not in pair]
    assert len(distinct) >= 90


def test_two_seeds_differ_audibly_but_stay_the_same_kind() -> None:
    styles = ("808", "909", "gabber", "acoustic", "club", "techno", "dnb")
    for style in styles:
        seeds = [np.abs(a - b) for a, b in combinations(heard(style), 2)]
        others = [_mean_gap(style, other) for other in styles if other != style]
        assert min(steps.max() for steps in seeds) > 1.5
        assert 0.8 < np.mean(seeds) < 0.75 * min(others)


def _mean_gap(first: str, second: str) -> float:
    return float(np.mean([np.abs(a - b) for a, b in product(heard(first), heard(second))]))
