"""The facts of a sound."""

import numpy as np
import pytest

from core.sound import finishing, measuring, reading
from core.sound.measuring import Facts
from tests.core.sound.signals import decaying, encoded, kick, noise, sine


def test_the_facts_of_a_known_sound() -> None:
    sound = 0.5 * decaying(43.654, 0.5)
    facts = measuring.measure(sound)
    assert facts.hz == pytest.approx(43.654, abs=0.01)
    assert (facts.note, facts.cents) == ("F1", 0)
    assert facts.seconds == pytest.approx(0.4, abs=0.006)
    assert facts.peak_db == pytest.approx(20 * np.log10(np.abs(sound).max()), abs=1e-9)
    assert facts.lufs < facts.peak_db - 3


def test_a_kick_of_the_web_app_can_be_measured_as_it_lies_there() -> None:
    """Float, 2 s, peak 0.95, faded by a cube from 1 s on, silent from 1.75 s on."""
    stored = kick(48, 1.6, floor=-70)
    stored[44_100:77_175] *= np.linspace(1, 0, 33_075) ** 3
    stored[77_175:] = 0
    facts = measuring.measure(reading.read(encoded(stored)))
    assert facts.note == "G1"
    assert facts.hz == pytest.approx(48, rel=0.002)
    assert 1.0 < facts.seconds < 1.3
    assert facts.peak_db == pytest.approx(-0.45, abs=0.01)


def test_silence_before_the_kick_is_no_part_of_it() -> None:
    sound = kick(55, 0.4)
    late = measuring.measure(np.pad(sound, (30_000, 0)))
    assert late.seconds == pytest.approx(measuring.measure(sound).seconds, abs=0.001)
    assert late.hz == pytest.approx(55, rel=0.005)


def test_noise_has_no_pitch_but_a_level() -> None:
    facts = measuring.measure(0.2 * np.tanh(noise(1.0)))
    assert facts == Facts(None, None, None, facts.seconds, facts.peak_db, facts.lufs)
    assert facts.seconds == pytest.approx(1.0, abs=0.002)


def test_peaks_are_measured_on_both_sides() -> None:
    assert measuring.measure(-np.abs(sine(50, peak=0.5))).peak_db == pytest.approx(-6.02, abs=0.01)


def test_finishing_keeps_the_facts() -> None:
    sound = kick(62, 0.6)
    before, after = measuring.measure(sound), measuring.measure(finishing.finish(sound))
    assert (before.note, before.cents) == (after.note, after.cents)
    assert after.seconds == pytest.approx(before.seconds, abs=0.005)
    assert after.lufs == pytest.approx(before.lufs, abs=0.3)


def test_silence_has_facts_too() -> None:
    assert measuring.measure(np.zeros(44_100)) == Facts(None, None, None, 0.0, -120.0, -120.0)
