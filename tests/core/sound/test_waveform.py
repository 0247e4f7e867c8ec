"""The waveform in colours, looked at by its numbers."""

import numpy as np
import numpy.typing as npt
import pytest

from core.sound import waveform
from core.sound.samples import FloatArray
from tests.core.sound.signals import decaying, sine


def painted(samples: FloatArray) -> npt.NDArray[np.int16]:
    return np.asarray(waveform.paint(samples, 200, 100), dtype=np.int16)


def test_a_level_is_drawn_at_its_height() -> None:
    ink = painted(np.full(10_000, 0.5))[:, 100, 3]
    assert np.argmax(ink) == pytest.approx(25, abs=1)
    assert not ink[:23].any()
    assert ink[30:48].all()
    assert not ink[52:].any()


def test_the_line_is_full_and_the_space_below_it_fades_towards_zero() -> None:
    ink = painted(np.full(10_000, 0.8))[:, 100, 3]
    filled = ink[15:48]
    assert ink.max() > 190
    assert (np.diff(filled) <= 0).all()
    assert filled[0] > 1.5 * filled[-1] > 90


def test_silence_is_a_thin_grey_line() -> None:
    image = painted(np.zeros(10_000))
    assert (image[..., 3] > 0).sum(axis=0).max() <= 3
    assert np.ptp(image[50, 100, :3]) < 30


def test_colour_leaves_the_sound_as_it_dies_away() -> None:
    colours = painted(decaying(50, 0.5))[50, :, :3]
    saturation = np.ptp(colours, axis=1)
    assert saturation[:10].min() > 150
    assert saturation[150:].max() < 30


def test_higher_is_cooler() -> None:
    warmth = [int(np.median(np.diff(painted(sine(hz))[50, :, ::2][:, :2]))) for hz in (150, 1000, 4000)]
    assert warmth == sorted(warmth)
    assert warmth[0] < -100
    assert warmth[-1] > 100
