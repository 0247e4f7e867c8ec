"""Where a sound starts and ends."""

import numpy as np
import pytest

from core.sound import level
from core.sound.samples import SAMPLE_RATE
from tests.core.sound.signals import decaying, kick, noise, sine


@pytest.mark.parametrize(("amplitude", "decibels"), [(1.0, 0.0), (0.5, -6.0206), (0.1, -20.0), (0.0, -120.0)])
def test_a_level_is_twenty_times_the_logarithm(amplitude: float, decibels: float) -> None:
    assert level.decibels(amplitude) == pytest.approx(decibels, abs=1e-4)
    assert level.amplitude(decibels) == pytest.approx(amplitude, abs=2e-6)


@pytest.mark.parametrize("silence", [0, 1, 10, 3000])
@pytest.mark.parametrize("hiss", [0.0, 0.0003, 0.003])
def test_the_onset_is_found_behind_silence_and_hiss(silence: int, hiss: float) -> None:
    sound = np.concatenate((np.zeros(silence), kick(floor=-120)))
    sound += hiss * noise(sound.size / SAMPLE_RATE)
    assert level.onset(sound) == pytest.approx(silence, abs=44)


def test_a_slow_attack_is_followed_back_to_its_beginning() -> None:
    swell = sine(50, 1.0) * np.minimum(np.arange(SAMPLE_RATE) / (0.015 * SAMPLE_RATE), 1)
    assert level.onset(np.concatenate((np.zeros(1000), swell))) == pytest.approx(1000, abs=44)


@pytest.mark.parametrize("t60", [0.2, 0.5, 1.0])
def test_a_decay_ends_where_its_level_says(t60: float) -> None:
    assert level.end(decaying(50, t60), -48) / SAMPLE_RATE == pytest.approx(0.8 * t60, abs=0.006)


@pytest.mark.parametrize("cut", [4410, 10_000])
def test_a_sound_that_is_cut_ends_at_the_cut(cut: int) -> None:
    gated = sine(50, 1.0)
    gated[cut:] = 0
    assert level.end(gated, -48) == pytest.approx(cut, abs=12)
    assert level.end(gated[:cut], -48) == pytest.approx(cut, abs=12)


def test_a_lone_crackle_in_the_silence_behind_is_no_part_of_the_sound() -> None:
    crackling = decaying(50, 0.3)
    crackling[80_000] = 0.01
    assert level.end(crackling, -48) / SAMPLE_RATE == pytest.approx(0.24, abs=0.01)


@pytest.mark.parametrize(("tail", "heard"), [(-52, False), (-44, True)])
def test_a_tail_is_held_against_the_loudest_20_ms(tail: float, heard: bool) -> None:
    knock = np.concatenate((sine(1000, 0.02), sine(1000, 0.5, peak=level.amplitude(tail))))
    assert (level.end(knock, -48) > 0.4 * SAMPLE_RATE) == heard


def test_silence_starts_and_ends_at_once() -> None:
    assert level.onset(np.zeros(1000)) == 0
    assert level.end(np.zeros(1000), -48) == 0
