"""The waveform for a terminal."""

import numpy as np

from core.sound import columns
from core.sound.samples import FloatArray

DOTS = np.array([[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]])
BLANK = 0x2800


def sketch(samples: FloatArray, width: int, height: int) -> list[str]:
    """The waveform in `height` lines of `width` braille characters, each two dots wide and four high."""
    rows = 4 * height
    lowest, highest = columns.extents(samples, 2 * width)
    top, bottom = (np.clip(np.rint(rows / 2 * (1 - edge)), 0, rows - 1) for edge in (highest, lowest))
    row = np.arange(rows)[:, None]
    dots = (row >= top) & (row <= bottom)
    cells = dots.reshape(height, 4, width, 2)
    signs = BLANK + np.einsum("hywx,yx->hw", cells, DOTS)
    return ["".join(map(chr, line)) for line in signs]
