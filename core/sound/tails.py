"""The tail of a kick: where its loudest partial glides to, once the sweep has passed."""

from dataclasses import dataclass
from math import exp, log2

import numpy as np
from scipy import signal

from core.sound import glide, level
from core.sound.glide import Glide, Trace
from core.sound.samples import SAMPLE_RATE, FloatArray

LOWEST, HIGHEST = 25.0, 250.0
LONGEST_FALL = 200.0
SWEEP_SECONDS = 0.04
DECIMATION = 21
RATE = SAMPLE_RATE / DECIMATION


@dataclass(frozen=True, slots=True)
class Tail:
    """A glide in a tail that ends at `end` seconds.

    `share` is how much of the tail's energy lies near the glide, `jitter` the RMS of what the phase departs from it,
    in radians.
    """

    glide: Glide
    end: float
    share: float
    jitter: float

    @property
    def coherent(self) -> float:
        """The share of the energy that moves with the glide: what the jitter of a phase leaves of its sum."""
        return self.share * exp(-(self.jitter**2))

    @property
    def fall(self) -> float:
        """How far below its end, in cents, the tail would come to rest."""
        return 1200 * log2(self.glide.frequency(self.end) / self.glide.rest)

    @property
    def hz(self) -> float:
        """Where the tail comes to rest; where it ends, if it glides so slowly that one hears it glide.

        A tail that breaks off far from its rest is taken to be no more than `LONGEST_FALL` below its end.
        """
        heard = self.glide.frequency(self.end)
        return heard if self.glide.tau > glide.TAUS[-1] else max(self.glide.rest, heard * 2 ** (-LONGEST_FALL / 1200))


def low_end(samples: FloatArray) -> FloatArray:
    """What lies below 1 kHz, at a rate of 2.1 kHz, shape (n / 21,)."""
    low: FloatArray = signal.resample_poly(samples, 1, DECIMATION)
    return low


def follow(samples: FloatArray, low: FloatArray, depth: float, periods: float) -> Tail | None:
    """The tail down to `depth` dB, followed until guess and fit agree.

    `low` is the low end of `samples`. None where the tail has fewer periods, is too quiet to be heard, or leads beyond
    all kicks.
    """
    tail = _refine(samples, low, Glide(_strongest(low, depth)), depth, periods)
    for _ in range(3):
        tail = tail and _refine(samples, low, tail.glide, depth, periods)
    return tail


def _strongest(low: FloatArray, depth: float) -> float:
    """The strongest partial once the decay is evened out, so that the long tail outweighs the loud sweep."""
    window = signal.windows.hann(round(0.05 * RATE))
    envelope = np.sqrt(np.maximum(signal.oaconvolve(low * low, window / window.sum(), mode="same"), 1e-30))
    end = _last(envelope, depth) + 1
    even = (low[:end] / envelope[:end])[min(round(0.03 * RATE), end // 4) :]
    spectrum = np.abs(np.fft.rfft(even * signal.windows.hann(even.size), 2**14))
    first, beyond = (round(hz * 2**14 / RATE) for hz in (LOWEST, HIGHEST))
    return float(first + np.argmax(spectrum[first:beyond])) * RATE / 2**14


def _refine(samples: FloatArray, low: FloatArray, guess: Glide, depth: float, periods: float) -> Tail | None:
    trace = glide.follow(low, RATE, guess)
    first, beyond = _stretch(low, trace, glide.width(guess.rest, RATE) // 2, depth)
    loudness = trace.amplitude[first:beyond]
    if loudness.size / RATE * guess.rest < periods or loudness.max() <= np.abs(samples).max() * level.amplitude(-40):
        return None
    times = np.arange(first, beyond) / RATE
    found, jitter = glide.fit(times[::4], trace.phase[first:beyond:4])
    if not LOWEST <= found.rest <= HIGHEST:
        return None
    whole = np.sum(samples[first * DECIMATION : beyond * DECIMATION] ** 2) / DECIMATION
    return Tail(found, float(times[-1]), float(np.sum(loudness**2) / 2 / whole), jitter)


def _stretch(low: FloatArray, trace: Trace, half: int, depth: float) -> tuple[int, int]:
    """From where the sweep has passed to where the trace has sunk to `depth` dB of its loudest.

    The window of the trace, `half` a width to each side, must lie within the sound: a cut bends the phase.
    """
    end = _last(low, depth - 16) + 1
    first = half + min(round(SWEEP_SECONDS * RATE), end // 4)
    beyond = max(end - half, first)
    loudness = trace.amplitude[first:beyond]
    top = int(np.argmax(loudness)) if loudness.size else 0
    faint = np.flatnonzero(loudness[top:] < trace.amplitude.max() * level.amplitude(depth))
    return first, first + top + int(faint[0]) if faint.size else beyond


def _last(values: FloatArray, below: float) -> int:
    """The last index whose magnitude is above so many dB of the greatest; 0 for silence."""
    size = np.abs(values)
    return int(np.flatnonzero(size >= size.max() * level.amplitude(below))[-1])
