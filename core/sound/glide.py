"""A frequency that glides to rest, and how to follow one that is hidden in a sound."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import signal

from core.sound.samples import FloatArray

PERIODS = 2.5
TAUS = tuple(0.005 * 1.06**step for step in range(51))
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

    Least squares for each time constant, the straight line projected out of everything first. A slow glide counts
    only where it explains much more than those that come to rest: else it would only follow errors.
    """
    line, _ = np.linalg.qr(np.stack([np.ones_like(times), times], axis=1))
    bent = phase - line @ (line.T @ phase)
    best = _straight(times, phase, float(np.sqrt(np.mean(bent**2))))
    for taus, gain in ((TAUS, 1.0), (SLOW_TAUS, 0.5)):
        curves = np.exp(-(times - times[0]) / np.array(taus)[:, None])
        curved = curves - (curves @ line) @ line.T
        size = curved @ bent / np.sum(curved**2, axis=1)
        left = np.sqrt(np.mean((bent - size[:, None] * curved) ** 2, axis=1))
        left[size > 0] = np.inf
        first = int(np.argmin(left))
        if left[first] < best[1] * gain:
            rest = _straight(times, phase - size[first] * curves[first], 0.0)[0].rest
            start = float(np.exp(times[0] / taus[first]))
            excess = float(-size[first] / (2 * np.pi * taus[first])) * start
            best = Glide(rest, excess, taus[first]), float(left[first])
    return best


def _straight(times: FloatArray, phase: FloatArray, left: float) -> tuple[Glide, float]:
    slope = np.polynomial.polynomial.polyfit(times, phase, 1)[1]
    return Glide(float(slope) / (2 * np.pi)), left
