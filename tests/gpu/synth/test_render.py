"""What every kick must be, whatever the words: a file that a producer can use."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from scipy import fft

from gpu.synth import words
from gpu.synth.recipe import Recipe, scales
from gpu.synth.render import LONGEST, render
from gpu.synth.signals import RATE, Signal
from tests.gpu.synth.kicks import sound

PROMPTS = some.lists(some.sampled_from(sorted(words.vocabulary())), max_size=6).map(" ".join)
SEEDS = some.integers(0, 2**31 - 1)


def check(kick: Signal) -> None:
    size = np.abs(kick)
    assert np.isfinite(kick).all()
    assert 1_000 < len(kick) <= LONGEST
    assert -1 <= 20 * np.log10(size.max()) <= -0.3
    assert np.argmax(size > 10 ** (-41 / 20)) <= 40
    assert kick[-1] == 0
    assert size[-100:].max() < 10 ** (-46 / 20)
    assert np.abs(np.diff(kick[-200:])).max() < 0.01


@settings(max_examples=120, deadline=None)
@given(PROMPTS, SEEDS)
def test_every_combination_of_words_gives_a_usable_kick(prompt: str, seed: int) -> None:
    kick = sound(prompt, seed)
    check(kick)
    assert abs(kick.mean()) < 4e-3


@settings(max_examples=50, deadline=None)
@given(some.fixed_dictionaries({name: some.sampled_from([0.0, 0.5, 1.0]) for name in scales()}), SEEDS)
def test_every_corner_of_the_bounds_gives_a_usable_kick(corner: dict[str, float], seed: int) -> None:
    values = {name: scale.low + (scale.high - scale.low) * corner[name] for name, scale in scales().items()}
    check(render(Recipe(**values), seed))


@pytest.mark.parametrize("prompt", ["gabber", "speedcore", "hardstyle distorted", "zap distorted", "frenchcore high"])
def test_drive_leaves_nothing_at_the_end_of_the_spectrum(prompt: str) -> None:
    """Harmonics of a clipped sweep that folded back would lie anywhere, above 18 kHz most plainly."""
    power = np.abs(fft.rfft(sound(prompt, 2), 1 << 17)) ** 2
    above = power[int(18_000 / RATE * (1 << 17)) :].sum() / power.sum()
    assert 10 * np.log10(above) < -40


def test_a_kick_lasts_as_long_as_it_is_heard() -> None:
    assert len(sound("tight minimal", 4)) < 0.2 * RATE
    assert len(sound("long 808", 4)) > 1.5 * RATE


def test_seed_and_recipe_decide_everything() -> None:
    assert np.array_equal(sound("hit house", 7), sound("hit house", 7))
    assert not np.array_equal(sound("hit house", 7), sound("hit house", 8))
