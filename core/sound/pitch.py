"""The pitch of a kick: the frequency that its tail comes to rest at."""

from dataclasses import dataclass
from math import log2

import numpy as np
from scipy import signal

from core.sound import glide, level
from core.sound.glide import Glide
from core.sound.samples import SAMPLE_RATE, FloatArray

NOTES = ("C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B")
LOWEST, HIGHEST = 25.0, 250.0
DECIMATION = 21
RATE = SAMPLE_RATE / DECIMATION


def note_name(hz: float) -> tuple[str, int]:
    """The nearest note of equal temperament at A4 = 440 Hz, such as `F#1`, and the cents from it, -50 to 50."""
    steps = 12 * log2(hz / 440) + 57
    nearest = round(steps)
    return f"{NOTES[nearest % 12]}{nearest // 12}", round(100 * (steps - nearest))


def fundamental(samples: FloatArray) -> float | None:
    """The fundamental of the tail in Hz, None where there is none to hear. `samples` begin at the onset.

    A first guess from the spectrum of the evened-out tail is refined by following the sound as it glides. It counts
    as a pitch where it lasts for some periods and where one steady glide holds most of the tail's energy; clicks and
    thumps fail the first test, noise the second. A kick that fades while its sweep is still falling has no pitch to
    the cent: at a T60 of 0.15 s, a sweep of 40 ms and noise at -50 dB the error can reach a semitone.
    """
    low: FloatArray = signal.resample_poly(samples, 1, DECIMATION)
    tail = _Tail(Glide(_strongest(low)), 0.0, 0.0)
    for _ in range(4):
        refined = _refine(samples, low, tail.glide)
        if refined is None:
            return None
        tail = refined
    if tail.coherent < 0.55:
        return None
    return tail.glide.rest if tail.glide.tau in glide.TAUS else tail.glide.frequency(tail.end)


@dataclass(frozen=True, slots=True)
class _Tail:
    """A glide in a tail that ends at `end` seconds, and the share of the tail's energy that is coherent with it."""

    glide: Glide
    end: float
    coherent: float


def _strongest(low: FloatArray) -> float:
    """The strongest partial once the decay is evened out, so that the long tail outweighs the loud sweep."""
    window = signal.windows.hann(round(0.05 * RATE))
    envelope = np.sqrt(np.maximum(signal.oaconvolve(low * low, window / window.sum(), mode="same"), 1e-30))
    end = _last(envelope, -54) + 1
    even = (low[:end] / envelope[:end])[min(round(0.03 * RATE), end // 4) :]
    spectrum = np.abs(np.fft.rfft(even * signal.windows.hann(even.size), 2**14))
    first, beyond = (round(hz * 2**14 / RATE) for hz in (LOWEST, HIGHEST))
    return float(first + np.argmax(spectrum[first:beyond])) * RATE / 2**14


def _refine(samples: FloatArray, low: FloatArray, guess: Glide) -> _Tail | None:
    """Follow `guess` and fit again. None where what is followed is too short, too quiet or beyond all kicks."""
    trace = glide.follow(low, RATE, guess)
    half = glide.width(guess.rest, RATE) // 2
    # The sweep is let pass, and the window must lie within the sound: a cut bends the phase.
    first = half + round(0.04 * RATE)
    beyond = max(_last(low, -70) + 1 - half, first)
    faint = np.flatnonzero(trace.amplitude[first:beyond] < trace.amplitude.max() * level.amplitude(-54))
    beyond = first + int(faint[0]) if faint.size else beyond
    if (beyond - first) / RATE * guess.rest < 1.5:
        return None
    if trace.amplitude[first] <= np.abs(samples).max() * level.amplitude(-40):
        return None
    times = np.arange(first, beyond) / RATE
    found, jitter = glide.fit(times[::4], trace.phase[first:beyond:4])
    if not LOWEST <= found.rest <= HIGHEST:
        return None
    whole = np.sum(samples[first * DECIMATION : beyond * DECIMATION] ** 2) / DECIMATION
    share = float(np.sum(trace.amplitude[first:beyond] ** 2) / 2 / whole)
    return _Tail(found, times[-1], share * float(np.exp(-(jitter**2))))


def _last(values: FloatArray, below: float) -> int:
    """The last index whose magnitude is above so many dB of the greatest; 0 for silence."""
    size = np.abs(values)
    return int(np.flatnonzero(size >= size.max() * level.amplitude(below))[-1])
