"""Loudness, held against the figures of the recommendation."""

import numpy as np
import pytest

from core.sound import loudness
from tests.core.sound.signals import decaying, sine


def test_a_sine_at_full_scale_is_3_below_zero() -> None:
    """BS.1770-4, annex 1: a 0 dBFS sine of 997 Hz on one channel reads -3.01 LKFS."""
    assert loudness.momentary(sine(997, 2.0)) == pytest.approx(-3.01, abs=0.02)


def test_the_filters_at_48_khz_are_those_of_the_recommendation() -> None:
    """BS.1770-4, tables 1 and 2."""
    shelf = [1.53512485958697, -2.69169618940638, 1.19839281085285, 1.0, -1.69065929318241, 0.73248077421585]
    high_pass = [1.0, -2.0, 1.0, 1.0, -1.99004745483398, 0.99007225036621]
    np.testing.assert_allclose(loudness.k_weighting(48_000), [shelf, high_pass], atol=1e-7)


@pytest.mark.parametrize("hz", [40.0, 100.0, 997.0, 3000.0, 8000.0])
def test_the_filters_weigh_alike_at_both_rates(hz: float) -> None:
    def gain(rate: int) -> float:
        z = np.exp(-2j * np.pi * hz / rate * np.arange(3))
        return float(np.prod([abs((stage[:3] @ z) / (stage[3:] @ z)) for stage in loudness.k_weighting(rate)]))

    assert 20 * np.log10(gain(44_100) / gain(48_000)) == pytest.approx(0, abs=0.1)


@pytest.mark.parametrize("decibels", [-6, -23, -40])
def test_loudness_follows_level(decibels: float) -> None:
    quieter = loudness.momentary(sine(997, 1.0, peak=10 ** (decibels / 20)))
    assert quieter == pytest.approx(loudness.momentary(sine(997, 1.0)) + decibels, abs=1e-6)


def test_the_loudest_400_ms_count_wherever_they_lie() -> None:
    loud = sine(997, 0.4)
    for before, after in ((0.0, 1.0), (0.313, 0.5), (1.0, 0.0)):
        around = np.concatenate((np.zeros(round(before * 44_100)), loud, np.zeros(round(after * 44_100))))
        assert loudness.momentary(around) == pytest.approx(loudness.momentary(loud), abs=1e-6)


def test_half_the_window_is_half_the_energy() -> None:
    assert loudness.momentary(sine(997, 0.2)) == pytest.approx(-3.01 - 3.01, abs=0.03)


def test_the_ringing_of_the_filter_behind_the_end_counts() -> None:
    short = decaying(50, 0.3, seconds=0.1)
    assert loudness.momentary(short) == pytest.approx(loudness.momentary(np.pad(short, (0, 44_100))), abs=1e-9)


def test_silence_has_a_number_too() -> None:
    assert loudness.momentary(np.zeros(44_100)) == -120.0
