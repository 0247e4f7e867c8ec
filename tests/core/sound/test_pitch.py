"""The fundamental: right to 20 cents where there is one, None where there is none."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import signal

from core.sound import level, pitch
from core.sound.samples import SAMPLE_RATE, FloatArray
from tests.core.sound.signals import decaying, kick, noise, sine, times


def cents(samples: FloatArray, hz: float) -> float:
    found = pitch.fundamental(samples[level.onset(samples) :])
    assert found is not None, "unpitched"
    return float(1200 * np.log2(found / hz))


@pytest.mark.parametrize(
    ("hz", "note", "off"),
    [
        (440.0, "A4", 0),
        (261.6256, "C4", 0),
        (43.654, "F1", 0),
        (46.249, "F#1", 0),
        (30.868, "B0", 0),
        (32.703, "C1", 0),
        (50.0, "G1", 35),
        (47.5, "F#1", 46),
        (55.0 * 2 ** (0.49 / 12), "A1", 49),
        (55.0 * 2 ** (-0.49 / 12), "A1", -49),
    ],
)
def test_notes_are_named_as_on_a_keyboard(hz: float, note: str, off: int) -> None:
    assert pitch.note_name(hz) == (note, off)


@given(st.floats(20, 2000))
def test_note_and_cents_lead_back_to_the_frequency(hz: float) -> None:
    note, off = pitch.note_name(hz)
    steps = pitch.NOTES.index(note[:-1]) + 12 * int(note[-1])
    assert -50 <= off <= 50
    assert 440 * 2 ** ((steps - 57 + off / 100) / 12) == pytest.approx(hz, rel=0.0004)


kicks = st.fixed_dictionaries(
    {
        "hz": st.floats(35, 90),
        "t60": st.floats(np.log(0.15), np.log(2)).map(np.exp),
        "sweep": st.floats(0, 250),
        "tau": st.floats(0.004, 0.03),
        "snap": st.floats(0, 2000),
        "click": st.floats(0, 1),
        "drive": st.floats(np.log(0.1), np.log(10)).map(np.exp),
        "bias": st.floats(0, 0.3),
        "floor": st.floats(-100, -60),
    }
)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(kicks)
def test_the_tail_of_a_kick_is_found_to_20_cents(made: dict[str, Any]) -> None:
    assert abs(cents(kick(**made), made["hz"])) < 20


def test_most_kicks_are_found_to_2_cents() -> None:
    random = np.random.default_rng(1)
    off: list[float] = []
    for seed in range(60):
        hz, t60, tau = random.uniform(35, 90), random.uniform(0.15, 1.5), random.uniform(0.005, 0.04)
        off.append(abs(cents(kick(hz, t60, tau=tau, drive=random.uniform(0.1, 8), seed=seed), hz)))
    assert np.quantile(off, 0.8) < 2


@pytest.mark.parametrize("t60", [0.2, 0.5, 1.5])
def test_a_808_glides_to_its_pitch(t60: float) -> None:
    time = times(3)
    frequency = 50 * (1 + 1.7 * (time < 0.006) + 0.35 * np.exp(-time / 0.008) + 0.15 * np.exp(-time / 0.05))
    sound = np.sin(2 * np.pi * np.cumsum(frequency) / SAMPLE_RATE) * np.exp(-6.9 * time / t60)
    assert abs(cents(sound, 50)) < 2


def test_a_gated_and_squared_hardcore_kick_has_a_pitch() -> None:
    sound = kick(48, 2.0, sweep=220, tau=0.05, drive=25, bias=0.2)
    sound[15_000:] = 0
    assert abs(cents(sound, 48)) < 10


def test_the_overtones_of_a_drum_are_not_its_pitch() -> None:
    skin = sum(
        share * decaying(58 * ratio, t60)
        for share, ratio, t60 in ((1, 1, 0.5), (0.5, 1.59, 0.2), (0.4, 2.14, 0.15), (0.3, 2.65, 0.1))
    )
    assert abs(cents(np.asarray(skin), 58)) < 10


def test_a_kick_in_a_long_room_keeps_its_pitch() -> None:
    dry, decay = kick(52, 0.5), np.exp(-6.9 * times(1.5) / 1.5)
    wet = [signal.fftconvolve(dry, noise(1.5, seed) * decay)[: dry.size] for seed in range(6)]
    off = [abs(cents(dry + 0.15 * room / np.abs(room).max(), 52)) for room in wet]
    assert np.median(off) < 30
    assert max(off) < 75


@pytest.mark.parametrize("tau", [0.3, 0.4, 0.6])
def test_a_tail_that_glides_to_its_end_has_the_pitch_of_its_end(tau: float) -> None:
    frequency = 45 + 25 * np.exp(-times(2.0) / tau)
    sound = np.sin(2 * np.pi * np.cumsum(frequency) / SAMPLE_RATE) * np.exp(-6.9 * times(2.0) / 0.8)
    assert abs(cents(sound, 45 + 25 * np.exp(-0.7 / tau))) < 25


@pytest.mark.parametrize("seed", range(6))
def test_a_kick_under_noise_keeps_its_pitch(seed: int) -> None:
    assert abs(cents(kick(52, 0.5, floor=-34, seed=seed), 52)) < 20


def test_a_tom_is_pitched_too() -> None:
    assert abs(cents(decaying(140, 0.6), 140)) < 1


def low_passed(hz: float, seed: int) -> FloatArray:
    return np.asarray(signal.sosfilt(signal.butter(2, hz, fs=SAMPLE_RATE, output="sos"), noise(2.0, seed)))


@pytest.mark.parametrize("t60", [0.03, 0.4, 1.5, np.inf])
@pytest.mark.parametrize("seed", range(5))
def test_noise_is_unpitched(t60: float, seed: int) -> None:
    envelope = np.exp(-6.9 * times(2.0) / t60)
    assert pitch.fundamental(noise(2.0, seed) * envelope) is None
    assert pitch.fundamental(low_passed(400, seed) * envelope) is None


def test_hardly_any_rumble_of_a_few_periods_passes_for_a_pitch() -> None:
    bursts = (low_passed(100, seed) * np.exp(-6.9 * times(2.0) / 0.2) for seed in range(40))
    assert sum(pitch.fundamental(burst) is not None for burst in bursts) <= 2


@pytest.mark.parametrize("milliseconds", [0.02, 1, 3, 10, 30])
def test_a_click_is_unpitched(milliseconds: float) -> None:
    click = np.zeros(SAMPLE_RATE)
    length = max(round(milliseconds * 44.1), 1)
    click[:length] = noise(0.1)[:length]
    assert pitch.fundamental(click + 1e-4 * noise(1.0, 2)) is None


def test_a_thump_of_one_period_is_unpitched() -> None:
    assert pitch.fundamental(decaying(50, 0.03)) is None


@pytest.mark.parametrize("hz", [8.0, 400.0, 3000.0])
def test_what_lies_beyond_all_kicks_is_unpitched(hz: float) -> None:
    assert pitch.fundamental(decaying(hz, 0.5)) is None


def test_hum_under_a_click_is_no_pitch() -> None:
    click = np.zeros(SAMPLE_RATE)
    click[:100] = noise(0.1)[:100] / 4
    assert pitch.fundamental(click + sine(50, peak=0.002)) is None


@pytest.mark.parametrize("length", [441, 600, 1000, 2000, 4000])
def test_a_scrap_has_no_pitch_and_does_no_harm(length: int) -> None:
    assert pitch.fundamental(kick(50)[:length]) is None


def test_silence_is_unpitched() -> None:
    assert pitch.fundamental(np.zeros(SAMPLE_RATE)) is None
