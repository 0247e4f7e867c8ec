"""A sound in columns."""

import numpy as np
import pytest

from core.sound import columns
from tests.core.sound.signals import kick, noise, sine


@pytest.mark.parametrize("width", [1, 7, 144, 2232])
@pytest.mark.parametrize("length", [50, 441, 5000, 88_200])
def test_the_columns_hold_all_of_the_sound_and_join(length: int, width: int) -> None:
    sound = kick()[:length]
    lowest, highest = columns.extents(sound, width)
    assert lowest.shape == highest.shape == (width,)
    assert (lowest <= highest).all()
    assert (lowest[1:] <= highest[:-1] + 1e-12).all()
    assert (highest[1:] >= lowest[:-1] - 1e-12).all()
    if length > width:
        assert lowest.min() == sound.min()
        assert highest.max() == sound.max()


@pytest.mark.parametrize("hz", [60.0, 200.0, 1000.0, 4000.0])
def test_height_is_the_frequency_on_a_logarithmic_scale(hz: float) -> None:
    height, presence = columns.tone(sine(hz), 100)
    assert np.median(height) == pytest.approx(np.log(hz / 50) / np.log(100), abs=0.04)
    assert presence.min() > 0.99


def test_noise_is_high_and_silence_is_absent() -> None:
    height, presence = columns.tone(np.concatenate((noise(0.5), np.zeros(22_050))), 100)
    assert height[:45].min() > 0.9
    assert presence[:45].min() > 0.9
    assert presence[55:].max() < 0.01


@pytest.mark.parametrize("length", [2, 10, 441, 4000])
def test_scraps_have_a_tone_too(length: int) -> None:
    height, presence = columns.tone(kick()[:length], 744)
    assert height.shape == presence.shape == (744,)
    assert np.isfinite(height).all()
    assert np.isfinite(presence).all()
