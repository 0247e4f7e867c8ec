"""A waveform in colours."""

import numpy as np
from PIL import Image

from core.sound import columns
from core.sound.samples import FloatArray

COLOURS = np.array([(255, 77, 61), (255, 122, 41), (255, 192, 61), (118, 221, 140), (52, 190, 255), (150, 125, 255)])
"""From the low to the high, warm to cool."""
ABSENT = np.array((120, 124, 140))
LINE = 1.6
"""How thick the line is drawn, in pixels."""
FINER = 3
"""Columns that are computed for one column of pixels. Down the columns coverage is exact as it is."""
SHADES = 32
"""Steps from nothing to full ink. More could not be told apart and would make the file a third larger."""


def paint(samples: FloatArray, width: int, height: int) -> Image.Image:
    """The waveform on nothing: a line, and the space between it and zero filled, fainter towards zero.

    The colour tells how high the sound is at that instant, grey where it can hardly be heard.
    """
    lowest, highest = columns.extents(samples, width * FINER)
    middle = height / 2
    top, bottom = (middle - highest * middle, middle - lowest * middle)
    thicker = np.maximum(LINE - (bottom - top), 0) / 2
    line = _covered(top - thicker, bottom + thicker, height)
    filled = _covered(np.minimum(top, middle), np.maximum(bottom, middle), height)
    away = np.abs(np.linspace(-1, 1, height))[:, None]
    ink = np.maximum(line, filled * (0.4 + 0.5 * away)).reshape(height, width, FINER).mean(axis=2)
    layer = np.empty((height, width, 4), dtype=np.uint8)
    layer[:, :, :3] = np.rint(_colours(samples, width))
    layer[:, :, 3] = np.rint(np.rint(ink * SHADES) / SHADES * 255)
    return Image.fromarray(layer)


def _covered(top: FloatArray, bottom: FloatArray, height: int) -> FloatArray:
    """How much of each pixel lies between two edges of its column, shape (height, columns)."""
    row = np.arange(height)[:, None]
    covered: FloatArray = np.clip(np.minimum(bottom, row + 1) - np.maximum(top, row), 0, 1)
    return covered


def _colours(samples: FloatArray, width: int) -> FloatArray:
    height, presence = columns.tone(samples, width)
    steps = np.linspace(0, 1, len(COLOURS))
    colours = np.stack([np.interp(height, steps, channel) for channel in COLOURS.T], axis=1)
    seen: FloatArray = ABSENT + (colours - ABSENT) * presence[:, None]
    return seen
