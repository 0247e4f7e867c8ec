"""What a sound is in here: mono samples at one rate, full scale at 1.0."""

import numpy as np
import numpy.typing as npt

SAMPLE_RATE = 44_100
SHORTEST_SECONDS = 0.01

FloatArray = npt.NDArray[np.float64]


def count(seconds: float) -> int:
    """The number of samples in so many seconds, to the nearest one."""
    return round(seconds * SAMPLE_RATE)
