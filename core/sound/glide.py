"""A frequency that glides to rest, and how to follow one that is hidden in a sound."""

from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter

import numpy as np
import numpy.typing as npt
from scipy import signal

from core.sound.samples import FloatArray

PERIODS = 2.5
TAUS = tuple(0.005 * 1.1**step for step in range(32))
SLOW_TAUS = (0.15, 0.3, 0.6)


@dataclass(frozen=True, slots=True)
class Glide:
    """The frequency rest + excess * exp(-t / tau), in Hz and seconds."""

    rest: float
    excess: float = 0.0
    tau: float = TAUS[0]

    def frequency(self, time: float) -> float:
        """The frequency at an instant."""
        return float(self.rest + self.excess * np.exp(-time / self.tau))

    def phase(self, times: FloatArray) -> FloatArray:
        """The integral of the frequency, in radians; where it is zero does not matter."""
        return 2 * np.pi * (self.rest * times - self.excess * self.tau * np.exp(-times / self.tau))


@dataclass(frozen=True, slots=True)
class Trace:
    """What a sound holds near a glide: amplitude and whole phase (radians) at each sample."""

    amplitude: FloatArray
    phase: FloatArray


def width(rest: float, rate: float) -> int:
    """How many samples `follow` looks at around each sample, an odd number."""
    return 2 * round(PERIODS * rate / rest / 2) + 1


def follow(samples: FloatArray, rate: float, glide: Glide) -> Trace:
    """Shift the glide to 0 Hz and smooth with a Hann window some periods wide.

    Because the carrier moves as the sound does, the smoothing blurs only what the two differ in: with a carrier at
    rest, what is left of the sweep would pull the pitch of a short kick away by a semitone.
    """
    carrier = glide.phase(np.arange(samples.size) / rate)
    window = signal.windows.hann(width(glide.rest, rate) + 2)[1:-1]
    low: npt.NDArray[np.complex128] = signal.oaconvolve(
        samples * np.exp(-1j * carrier), window / window.sum(), mode="same"
    )
    return Trace(2 * np.abs(low), carrier + np.unwrap(np.angle(low)))


def fit(times: FloatArray, phase: FloatArray) -> tuple[Glide, float]:
    """The glide that fits a phase best, and the RMS of what it leaves, in radians.

    A slow glide counts only where it explains much more than those that come to rest: else it would follow errors.
    """
    slope, bent = _straightened(times, phase)
    straight = Glide(float(slope) / (2 * np.pi)), float(np.sqrt(np.mean(bent**2)))
    best = min((straight, _bent(times, phase, TAUS)), key=itemgetter(1))
    finer = [tau for tau in np.linspace(0.95, 1.05, 21) * best[0].tau if tau <= TAUS[-1]]
    best = min((best, _bent(times, phase, finer)), key=itemgetter(1))
    slow = _bent(times, phase, SLOW_TAUS)
    return slow if slow[1] < best[1] / 2 else best


def _bent(times: FloatArray, phase: FloatArray, taus: Sequence[float]) -> tuple[Glide, float]:
    """The best of the glides downwards with these time constants, by least squares.

    With the straight line taken out of phase and curves, one number is left to be found for each time constant.
    """
    slope, bent = _straightened(times, phase)
    slopes, curves = _straightened(times, np.exp((times[0] - times) / np.array(taus)[:, None]))
    sizes = np.minimum(curves @ bent / np.sum(curves**2, axis=1), 0)
    left = np.sqrt(np.mean((bent - sizes[:, None] * curves) ** 2, axis=1))
    best = int(np.argmin(left))
    rest = float(slope - sizes[best] * slopes[best]) / (2 * np.pi)
    excess = float(-sizes[best] / (2 * np.pi * taus[best]) * np.exp(times[0] / taus[best]))
    return Glide(rest, excess, float(taus[best])), float(left[best])


def _straightened(times: FloatArray, values: FloatArray) -> tuple[FloatArray, FloatArray]:
    """The slope of the straight line through `values`, shape (..., n), and what it leaves of them."""
    time = times - times.mean()
    slope = np.asarray(values @ time / (time @ time))
    return slope, values - values.mean(axis=-1, keepdims=True) - np.multiply.outer(slope, time)
