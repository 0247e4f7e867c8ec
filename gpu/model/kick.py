"""What is asked of the model and what it answers."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Request:
    """One kick. The same request gives the same kick in whatever batch it is made, up to rounding."""

    prompt: str
    seed: int
    cfg_scale: float = 3.0


@dataclass(frozen=True, slots=True)
class Timings:
    """Seconds that the stages took, for the whole batch that a kick was made in."""

    words: float
    sampling: float
    decoding: float
    vocoding: float

    @property
    def total(self) -> float:
        """All stages together."""
        return self.words + self.sampling + self.decoding + self.vocoding


@dataclass(frozen=True, slots=True, eq=False)
class Generated:
    """Kicks of one prompt: `samples (count, 88200)` at 44.1 kHz.

    `seed` is that of the first kick, the next one's is one higher; None where the noise was given instead.
    """

    samples: Floats
    matched: tuple[str, ...]
    ignored: tuple[str, ...]
    seed: int | None
    timings: Timings
