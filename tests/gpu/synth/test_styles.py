"""Five kinds of kick against what was measured on recordings of them."""

from functools import cache

import numpy as np
import pytest

from tests.gpu.synth.descriptors import Descriptors, measure
from tests.gpu.synth.kicks import HELD_OUT, sound

SEEDS = 8


@cache
def heard(word: str) -> tuple[Descriptors, ...]:
    return tuple(measure(sound(word, HELD_OUT + seed)) for seed in range(SEEDS))


# Style, descriptor, and the range in which every kick of it lies.
@pytest.mark.parametrize(
    ("word", "name", "low", "high"),
    [
        ("808", "tail_hz", 46, 54),
        ("808", "t60", 450, 2_000),
        ("808", "thd", 0, 1),
        ("808", "sub", 0.25, 0.93),
        ("808", "centroid", 40, 1_060),
        ("909", "tail_hz", 47, 58),
        ("909", "t20", 80, 228),
        ("909", "thd", 6, 17),
        ("909", "crest_db", 5, 11),
        ("909", "start_hz", 180, 300),
        ("gabber", "level_200_db", -8, -1),
        ("gabber", "crest_db", 1.1, 7),
        ("gabber", "thd", 10, 75),
        ("gabber", "centroid", 800, 4_000),
        ("acoustic", "start_hz", 68, 146),
        ("acoustic", "crest_db", 7.5, 14),
        ("acoustic", "t60", 100, 800),
        ("acoustic", "attack", 1, 9),
        ("club", "level_100_db", -4, 0),
        ("club", "level_200_db", -11, -2),
        ("club", "centroid", 1_300, 3_600),
        ("house", "level_100_db", -5, -0.2),
        ("house", "centroid", 1_200, 3_600),
    ],
)
def test_a_style_lies_where_recordings_of_it_do(word: str, name: str, low: float, high: float) -> None:
    values = [getattr(kick, name) for kick in heard(word)]
    assert low <= min(values)
    assert max(values) <= high


@pytest.mark.parametrize(
    ("more", "less", "name"),
    [
        ("808", "909", "t60"),
        ("909", "808", "centroid"),
        ("909", "808", "start_hz"),
        ("909", "808", "thd"),
        ("gabber", "club", "harmonics_db"),
        ("gabber", "909", "level_200_db"),
        ("gabber", "909", "harmonics_db"),
        ("club", "909", "level_100_db"),
        ("club", "acoustic", "start_hz"),
        ("acoustic", "club", "crest_db"),
        ("acoustic", "gabber", "crest_db"),
        ("808", "club", "sub"),
    ],
)
def test_styles_differ_as_recordings_of_them_do(more: str, less: str, name: str) -> None:
    larger, smaller = ([getattr(kick, name) for kick in heard(word)] for word in (more, less))
    assert min(larger) > max(smaller)


def test_deep_house_is_lower_than_house_and_long_808_longer_than_808() -> None:
    assert np.mean([k.tail_hz for k in heard("deep house")]) < 0.85 * np.mean([k.tail_hz for k in heard("house")])
    assert np.mean([k.t20 for k in heard("long 808")]) > 1.5 * np.mean([k.t20 for k in heard("808")])


def test_deep_long_808_distorted_is_all_of_it() -> None:
    for kick in heard("deep long 808 distorted"):
        assert kick.tail_hz < 45
        assert kick.t20 > 700
        assert kick.harmonics_db > -17


def test_hit_house_is_a_finished_kick() -> None:
    """The default prompt: loud front, flat body to 100 ms, gone before the next eighth at 125 bpm, all bands filled."""
    for kick in heard("hit house"):
        assert kick.attack < 10
        assert -7 < kick.level_100_db < -1.5
        assert kick.level_200_db < -7
        assert kick.t60 < 480
        assert 4 < kick.crest_db < 9
        assert 1_400 < kick.centroid < 3_600
        assert -27 < kick.high_db < -13
        assert kick.sub > 0.05
