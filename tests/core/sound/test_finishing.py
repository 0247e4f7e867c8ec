"""What every finished sound has, and what a good one keeps."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import errors
from core.sound import finishing, level
from core.sound.samples import SAMPLE_RATE, FloatArray
from tests.core.sound.signals import decaying, kick, noise, sine, times

ATTACK = finishing.ATTACK


def checked(samples: FloatArray) -> FloatArray:
    """The finished sound, once it is sure that it has what all have."""
    finished = finishing.finish(samples)
    assert finished[0] == finished[-1] == 0
    assert abs(finished.mean()) < 1e-12
    assert np.abs(finished).max() <= finishing.PEAK + 1e-12
    assert np.abs(finished[-5:]).max() < 0.001
    return finished


sounds = st.builds(
    lambda silence, gain, offset, **make: gain * np.pad(kick(seconds=1.5, **make), (silence, 0)) + offset,
    silence=st.integers(0, 5000),
    gain=st.floats(0.01, 0.7),
    offset=st.floats(-0.3, 0.3),
    hz=st.floats(30, 90),
    t60=st.floats(0.05, 5),
    drive=st.floats(0.1, 20),
    bias=st.floats(0, 0.5),
    floor=st.floats(-120, -46),
)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(sounds)
def test_a_finished_sound_is_fit_for_a_sampler(sound: FloatArray) -> None:
    assert level.onset(checked(sound)) <= ATTACK + 0.002 * SAMPLE_RATE


def test_a_good_kick_passes_as_it_came() -> None:
    good = kick(50, 0.5, floor=-120)
    good -= good.mean() * np.abs(good) / np.abs(good).mean()
    finished = checked(good)
    np.testing.assert_allclose(
        finished[ATTACK : ATTACK + 20_000] / np.abs(finished).max() * 0.95, good[:20_000], atol=0.005
    )


def test_the_transient_is_whole() -> None:
    hard = decaying(50, 0.4)
    hard[:30] += 0.5
    hard *= 0.9 / hard.max()
    finished = checked(hard)
    np.testing.assert_allclose(finished[ATTACK : ATTACK + 200] / np.abs(finished).max() * 0.9, hard[:200], atol=0.01)


def test_a_sound_that_starts_in_full_swing_steps_nowhere() -> None:
    sudden = 0.9 * np.cos(2 * np.pi * 50 * times(0.5)) * np.exp(-10 * times(0.5))
    finished = checked(sudden)
    assert np.abs(np.diff(finished[:1000])).max() < 0.1
    assert np.argmax(finished) <= ATTACK + 2


def test_neither_level_nor_phase_of_the_sub_change() -> None:
    sound = decaying(45, 0.8)
    finished = checked(sound)
    shifted = finished[ATTACK : ATTACK + SAMPLE_RATE // 2]
    spectra = [np.fft.rfft(part, 2**18) for part in (shifted, sound[: shifted.size])]
    bands = np.searchsorted(np.fft.rfftfreq(2**18, 1 / SAMPLE_RATE), [30, 45, 60, 100, 1000])
    change = spectra[0][bands] / spectra[1][bands] / (0.95 / np.abs(sound).max())
    np.testing.assert_allclose(20 * np.log10(np.abs(change)), 0, atol=0.5)
    np.testing.assert_allclose(np.degrees(np.angle(change)), 0, atol=2)


def test_a_constant_offset_goes_and_the_silence_behind_stays_silent() -> None:
    sound = np.pad(kick(50, 0.2, floor=-120, seconds=0.5), (0, 60_000)) * 0.5
    finished = checked(sound + 0.2)
    np.testing.assert_allclose(finished, finishing.finish(sound), atol=1e-9)


def test_a_lopsided_drive_leaves_no_offset_in_the_tail() -> None:
    finished = checked(kick(50, 0.3, drive=5, bias=0.6, floor=-120))
    tail = finished[-round(0.02 * SAMPLE_RATE) :]
    assert abs(tail.mean()) < level.amplitude(-60)


@pytest.mark.parametrize("silence", [0, 3, 200, 40_000])
@pytest.mark.parametrize("t60", [0.3, 4.0])
@pytest.mark.parametrize("offset", [0.0, 0.25])
def test_it_starts_at_once(silence: int, t60: float, offset: float) -> None:
    sound = 0.5 * np.pad(kick(87, t60, floor=-120), (silence, 0)) + offset
    assert np.argmax(np.abs(checked(sound)) > 0.05) < ATTACK + 44


def test_silence_behind_is_cut_off() -> None:
    finished = checked(decaying(50, 0.2, seconds=3.0))
    assert 0.2 < finished.size / SAMPLE_RATE < 0.3


def test_a_sound_that_is_cut_off_loud_is_faded() -> None:
    finished = checked(sine(50, 0.5, peak=0.9))
    assert finished.size == pytest.approx(0.5 * SAMPLE_RATE, abs=ATTACK)
    assert np.abs(np.diff(finished[-100:])).max() < 0.01


@pytest.mark.parametrize(("peak", "expected"), [(1.0, 0.95), (0.95, 0.95), (0.5, 0.95), (0.1, 0.4), (0.01, 0.04)])
def test_a_quiet_sound_is_lifted_by_12_db_at_most(peak: float, expected: float) -> None:
    sound = kick(50, 0.4) * peak / 0.95
    assert np.abs(checked(sound)).max() == pytest.approx(expected, rel=0.05)


def test_finishing_twice_changes_next_to_nothing() -> None:
    once = checked(kick(50, 0.4, floor=-120))
    twice = checked(once)
    length = min(once.size, twice.size)
    shift = int(np.argmax(np.correlate(twice[:2000], once[:1900], "valid")))
    assert shift <= ATTACK
    np.testing.assert_allclose(twice[shift:length], once[: length - shift], atol=0.002)


@pytest.mark.parametrize("at", [0, 2500, 4999])
def test_a_lone_crackle_is_no_kick(at: int) -> None:
    crackle = np.zeros(5000)
    crackle[at] = 0.9
    with pytest.raises(errors.BadSound, match="too short"):
        finishing.finish(crackle)


@pytest.mark.parametrize("length", [441, 500, 1000, 5000])
def test_scraps_are_finished_too(length: int) -> None:
    checked(0.9 * np.tanh(noise(0.2)[:length]))
