"""The parts of which a kick is made."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import fft

from gpu.synth import filters, shaping, transient, voice, words
from gpu.synth.recipe import Recipe
from gpu.synth.signals import RATE, Signal


@pytest.fixture
def recipe() -> Recipe:
    return words.recipe(["808"], 1)


@pytest.fixture
def time() -> Signal:
    return np.arange(RATE // 2) / RATE


def test_the_phase_is_the_integral_of_the_pitch(recipe: Recipe, time: Signal) -> None:
    recipe = replace(recipe, pitch_hz=50, snap_hz=900, snap_ms=4, drop_hz=150, drop_ms=30, wobble=0)
    pitch = np.diff(voice.phase(recipe, time, 0)) * RATE / (2 * np.pi)
    middle = (time[1:] + time[:-1]) / 2
    expected = 50 + 900 * np.exp(-middle / 0.004) + 150 * np.exp(-middle / 0.03)
    assert pitch == pytest.approx(expected, rel=1e-3)


def test_wobble_drifts_around_the_pitch(recipe: Recipe) -> None:
    time = np.arange(2 * RATE) / RATE
    recipe = replace(recipe, pitch_hz=50, snap_hz=10, drop_hz=3, drop_ms=5, wobble=0.02)
    pitch = np.diff(voice.phase(recipe, time, 0.3))[RATE // 4 :] * RATE / (2 * np.pi)
    assert (pitch.min(), pitch.max()) == pytest.approx((49, 51), abs=0.05)


def test_the_body_is_held_and_falls_by_sixty_decibels(recipe: Recipe, time: Signal) -> None:
    loudness = voice.loudness(replace(recipe, hold_ms=50, decay_ms=300, curve=1.4), time)
    assert loudness[int(0.049 * RATE)] == 1
    assert loudness[int(0.35 * RATE)] == pytest.approx(1e-3, rel=0.01)


def test_a_triangle_has_a_ninth_of_a_third_harmonic(recipe: Recipe) -> None:
    time = np.arange(RATE) / RATE
    still = replace(recipe, shape=1, hold_ms=400, decay_ms=5_000, attack_ms=0.1, curve=0.7)
    wave = voice.body(still, time, np.sin(2 * np.pi * 50 * time))[: RATE // 5]
    spectrum = np.abs(fft.rfft(wave))
    assert spectrum[30] / spectrum[10] == pytest.approx(1 / 9, rel=0.01)
    assert spectrum[50] / spectrum[10] == pytest.approx(1 / 25, rel=0.01)


def test_the_sub_is_in_phase_with_the_body(recipe: Recipe, time: Signal) -> None:
    recipe = replace(recipe, sub_db=0, shape=0.5, sub_ms=1_000, decay_ms=1_000)
    sine = np.sin(voice.phase(recipe, time, 0))
    assert np.corrcoef(voice.body(recipe, time, sine), voice.sub(recipe, time, sine))[0, 1] > 0.95


def test_layers_peak_at_their_level(recipe: Recipe) -> None:
    recipe = replace(recipe, click_db=-12, knock_db=-20, noise_db=-30)
    random = np.random.default_rng(1)
    layers = transient.click(recipe, random), transient.knock(recipe), transient.noise(recipe, random)
    peaks = [20 * np.log10(np.abs(layer).max()) for layer in layers]
    assert peaks == pytest.approx([-12, -20, -30])


def test_the_click_stays_in_its_band(recipe: Recipe) -> None:
    recipe = replace(recipe, click_ms=10, click_low_hz=2_000, click_high_hz=6_000)
    power = np.abs(fft.rfft(transient.click(recipe, np.random.default_rng(2)), RATE)) ** 2
    assert power[1_000:12_000].sum() / power.sum() > 0.9


def test_bias_adds_even_harmonics(recipe: Recipe, time: Signal) -> None:
    tone = np.sin(2 * np.pi * 100 * time)
    even, odd = [], []
    for bias in (0, 0.5):
        spectrum = np.abs(fft.rfft(shaping.drive(replace(recipe, drive_db=12, mids_db=0, bias=bias), tone)))
        even.append(spectrum[100] / spectrum[50])
        odd.append(spectrum[150] / spectrum[50])
    assert even[0] < 1e-3
    assert even[1] > 0.05
    assert min(odd) > 0.1


def test_the_drive_does_not_alias(recipe: Recipe, time: Signal) -> None:
    """All of a clipped tone's energy lies at its multiples; what folds back lies beside them."""
    tone = np.sin(2 * np.pi * 1_234 * time)
    driven = shaping.drive(replace(recipe, drive_db=30, mids_db=0, edge=1, bias=0.3), tone)
    power = np.abs(fft.rfft(driven * np.hanning(len(driven)))) ** 2
    order = np.arange(len(power)) * 2 / 1_234
    beside = power[(np.abs(order - np.round(order)) > 0.02) & (order < 13)].sum()
    assert 10 * np.log10(beside / power.sum()) < -45


def test_grain_leaves_as_many_steps_as_it_has_bits(recipe: Recipe, time: Signal) -> None:
    grainy = shaping.grain(replace(recipe, bits=5, rate_hz=44_100), np.sin(2 * np.pi * 50 * time))
    assert len(np.unique(grainy)) == 2**5 + 1


def test_a_slower_clock_holds_its_samples(recipe: Recipe, time: Signal) -> None:
    held = shaping.grain(replace(recipe, bits=16, rate_hz=11_025), np.sin(2 * np.pi * 50 * time))
    assert np.mean(np.diff(held) == 0) == pytest.approx(0.75, abs=0.01)


def test_the_clipper_rounds_peaks_and_leaves_the_rest(recipe: Recipe, time: Signal) -> None:
    tone = np.sin(2 * np.pi * 50 * time)
    assert np.array_equal(shaping.clip(replace(recipe, clip_db=0), tone), tone)
    clipped = shaping.clip(replace(recipe, clip_db=6), tone)
    assert np.sqrt(np.mean((clipped / np.abs(clipped).max()) ** 2)) > 0.8
    assert np.abs(clipped).max() <= 1.01


def test_the_room_answers_after_the_sound(recipe: Recipe) -> None:
    pulse = np.zeros(1_000)
    pulse[0] = 1
    wet = shaping.room(replace(recipe, room_db=-12, room_ms=300), pulse, np.random.default_rng(3))
    assert len(wet) > 0.29 * RATE
    assert np.abs(wet[1:150]).max() < 1e-9
    assert 20 * np.log10(np.abs(wet[150:]).max()) == pytest.approx(-12, abs=0.1)


def test_the_gate_closes(recipe: Recipe) -> None:
    gated = shaping.gate(replace(recipe, gate_ms=100), np.ones(RATE))
    assert len(gated) < 0.12 * RATE
    assert gated[int(0.099 * RATE)] == 1
    assert gated[-1] == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize(("hertz", "gain"), [(1_000, 2.0), (50, 1.0), (15_000, 1.0)])
def test_a_bell_lifts_only_its_surroundings(hertz: int, gain: float) -> None:
    tone = np.sin(2 * np.pi * hertz * np.arange(RATE) / RATE)
    lifted = filters.run(tone, filters.bell(1_000, 6.0206, 1.0))
    assert np.abs(lifted[RATE // 2 :]).max() == pytest.approx(gain, rel=0.02)


@pytest.mark.parametrize(("hertz", "decibels"), [(1_000, -3.0), (2_000, -24.1), (100, 0.0)])
def test_two_sections_make_a_butterworth_low_pass(hertz: int, decibels: float) -> None:
    tone = np.sin(2 * np.pi * hertz * np.arange(RATE) / RATE)
    low = filters.run(tone, *(filters.lowpass(1_000, quality) for quality in filters.BUTTERWORTH))
    assert 20 * np.log10(np.abs(low[RATE // 2 :]).max()) == pytest.approx(decibels, abs=0.25)


def test_a_low_shelf_lifts_the_lows_alone() -> None:
    low, high = (np.sin(2 * np.pi * hertz * np.arange(RATE) / RATE) for hertz in (20, 5_000))
    shelf = filters.low_shelf(200, 6.0206)
    assert np.abs(filters.run(low, shelf)[RATE // 2 :]).max() == pytest.approx(2, rel=0.02)
    assert np.abs(filters.run(high, shelf)[RATE // 2 :]).max() == pytest.approx(1, rel=0.02)
