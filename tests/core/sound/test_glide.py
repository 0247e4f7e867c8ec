"""A glide is fitted as it was made."""

import numpy as np
import pytest

from core.sound import glide
from core.sound.glide import Glide

RATE = 2100.0


@pytest.mark.parametrize("tau", [0.006, 0.02, 0.055, 0.09])
@pytest.mark.parametrize("excess", [0.0, 20.0, 200.0])
def test_a_phase_leads_back_to_its_glide(tau: float, excess: float) -> None:
    made = Glide(47.0, excess, tau)
    times = np.arange(0.05, 0.5, 1 / RATE)
    fitted, left = glide.fit(times, made.phase(times) + 1.0)
    assert fitted.rest == pytest.approx(47.0, abs=0.03)
    assert fitted.frequency(0.06) == pytest.approx(made.frequency(0.06), rel=0.01)
    assert left < 0.01


def test_a_slow_glide_is_told_from_one_that_comes_to_rest() -> None:
    times = np.arange(0.05, 1.0, 1 / RATE)
    fitted, _ = glide.fit(times, Glide(40.0, 30.0, 0.5).phase(times))
    assert fitted.tau > glide.TAUS[-1]
    assert fitted.frequency(0.9) == pytest.approx(40 + 30 * np.exp(-0.9 / 0.5), rel=0.02)


def test_the_phase_is_the_integral_of_the_frequency() -> None:
    times = np.arange(0, 0.3, 1e-5)
    made = Glide(50.0, 150.0, 0.03)
    frequency = np.gradient(made.phase(times), times) / (2 * np.pi)
    np.testing.assert_allclose(frequency[1:-1], [made.frequency(time) for time in times[1:-1]], rtol=1e-5)


def test_what_follows_the_carrier_shows_its_amplitude_and_phase() -> None:
    made = Glide(50.0, 200.0, 0.03)
    times = np.arange(2100) / RATE
    sound = np.exp(-3 * times) * np.cos(made.phase(times) + 0.7)
    trace = glide.follow(sound, RATE, made)
    inside = slice(200, 1800)
    np.testing.assert_allclose(trace.amplitude[inside], np.exp(-3 * times[inside]), rtol=0.03)
    np.testing.assert_allclose(np.exp(1j * (trace.phase - made.phase(times) - 0.7))[inside].real, 1, atol=0.002)
