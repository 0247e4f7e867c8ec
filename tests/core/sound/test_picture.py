"""The picture, looked at by its numbers."""

from io import BytesIO

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image

from core.sound import finishing, measuring, picture
from core.sound.measuring import Facts
from core.sound.samples import FloatArray
from tests.core.sound.signals import decaying, kick, noise

WAVE = (slice(picture.TOP, picture.BOTTOM), slice(picture.LEFT, picture.RIGHT))
Pixels = npt.NDArray[np.int16]


def pixels(png: bytes) -> Pixels:
    with Image.open(BytesIO(png)) as image:
        assert (image.format, image.mode, image.size) == ("PNG", "RGBA", (800, 240))
        return np.asarray(image, dtype=np.int16)


def drawn(samples: FloatArray) -> Pixels:
    finished = finishing.finish(samples)
    return pixels(picture.draw(finished, measuring.measure(finished)))


def coloured(part: Pixels) -> npt.NDArray[np.bool_]:
    """Where the waveform is: all else is grey."""
    spread: Pixels = part[..., :3].max(axis=-1) - part[..., :3].min(axis=-1)
    return spread > 40


KICK = drawn(kick(50, 0.4))


def test_the_card_brings_its_own_ground() -> None:
    alpha = KICK[..., 3]
    assert alpha[0, 0] == alpha[0, -1] == alpha[-1, 0] == alpha[-1, -1] == 0
    assert (alpha[30:-30, 30:-30] == 255).all()
    assert 0.98 < (alpha == 255).mean() < 1
    assert len(np.unique(alpha)) > 8, "the corners are smooth"
    assert KICK[225, 400, :3].max() < 50


def test_the_waveform_is_tall_at_its_start_and_thin_at_its_end() -> None:
    heights = coloured(KICK[WAVE]).sum(axis=0)
    assert heights[:40].max() > 80
    assert heights[-40:].max() < 12
    assert heights[:300].mean() > 4 * heights[400:].mean()


def test_the_waveform_stays_in_its_place() -> None:
    around = coloured(KICK).copy()
    around[WAVE] = False
    assert not around.any()


def test_low_is_warm_and_high_is_cool() -> None:
    low, high = drawn(decaying(50, 1.0)), drawn(0.9 * np.tanh(noise(0.5)))
    for image, warm in ((low, True), (high, False)):
        wave = image[WAVE][coloured(image[WAVE])].astype(float).mean(axis=0)
        assert (wave[0] > wave[2]) == warm


def test_a_line_marks_each_100_ms() -> None:
    """Silence leaves the grid to be seen; the card gets darker downwards, so that a row is even but for the lines."""
    image = pixels(picture.draw(np.full(44_100, 1e-6), Facts(None, None, None, 0.9, -0.4, -10.0)))
    row = image[picture.TOP + 5, picture.LEFT : picture.RIGHT, 0]
    lines = np.flatnonzero(row > np.median(row))
    width = picture.RIGHT - picture.LEFT
    expected = width * np.arange(10) * 0.1 / 0.99
    assert len(lines) == 10
    np.testing.assert_allclose(lines, expected, atol=1)


def text(image: Pixels, columns: slice) -> int:
    """How many bright pixels the words above the waveform have there."""
    return int((image[10:52, columns, :3].min(axis=-1) > 120).sum())


def test_the_words_differ_with_the_facts() -> None:
    sound = finishing.finish(kick(50, 0.4))
    pitched = pixels(picture.draw(sound, Facts(46.2, "F#1", -2, 0.5, -0.4, -11.3)))
    unpitched = pixels(picture.draw(sound, Facts(None, None, None, 0.5, -0.4, -11.3)))
    left, right = slice(20, 300), slice(500, 780)
    assert text(pitched, left) > 1.5 * text(unpitched, left) > 100
    np.testing.assert_array_equal(pitched[:60, right], unpitched[:60, right])
    assert text(pitched, right) > 300
    higher = pixels(picture.draw(sound, Facts(47.1, "F#1", -2, 0.5, -0.4, -11.3)))
    assert (higher[:60, left] != pitched[:60, left]).any()
    assert text(pitched, slice(300, 500)) == 0


@pytest.mark.parametrize("seconds", [0.02, 0.1, 0.5, 2.0, 9.9])
def test_sounds_of_any_length_fill_the_card(seconds: float) -> None:
    assert coloured(drawn(0.9 * np.tanh(noise(seconds)))[WAVE]).mean() > 0.05


@pytest.mark.parametrize("drive", [0.1, 3.0, 30.0])
@pytest.mark.parametrize("t60", [0.2, 0.6, 2.0])
def test_a_kick_is_a_small_file(t60: float, drive: float) -> None:
    sound = finishing.finish(kick(50, t60, drive=drive, floor=-60))
    assert len(picture.draw(sound, measuring.measure(sound))) < 40_000


def test_the_same_sound_is_the_same_picture() -> None:
    np.testing.assert_array_equal(drawn(kick(50, 0.4)), KICK)
