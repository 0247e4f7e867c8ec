"""What the parts of the synthesiser share: the type of a sound, its rate, its levels."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

Signal = NDArray[np.float64]

RATE: Final = 44_100


def gain(decibels: float) -> float:
    """The factor that this level stands for."""
    return float(10 ** (decibels / 20))


def peak(sound: Signal) -> float:
    return float(np.abs(sound).max())


def samples(milliseconds: float) -> int:
    """How many whole samples fit into this time."""
    return int(milliseconds * RATE / 1_000)


def clock(count: int) -> Signal:
    """The time of each sample (count,) in seconds."""
    return np.arange(count) / RATE
