"""The last touch on a sound: it starts at once, ends in silence, and has neither offset nor clipping.

Nothing here filters. Shape, phase and transient of a good kick pass as they came.
"""

import numpy as np
from scipy import signal

from core import errors
from core.sound import level
from core.sound.samples import SHORTEST_SECONDS, FloatArray, count

PEAK = 0.95
"""Where peaks are brought to, -0.45 dBFS: room for what a converter draws between the samples."""
LIFT = 4.0
"""The most that a quiet sound is lifted, 12 dB: with more, one would hear the noise that it was made with."""
ATTACK = 16
"""Samples before the onset, over which the sound is faded in: 0.4 ms."""


def finish(samples: FloatArray) -> FloatArray:
    """A sound fit for a sampler, of a new length: onset after 16 samples, faded end, no mean, peak at 0.95.

    A sound that would need more than 12 dB to get there keeps some of its quietness. What follows the point where the
    level has fallen by 72 dB is cut off. Raises `errors.BadSound` where less than 10 ms are left.
    """
    centred = samples - _resting_offset(samples)
    start, stop = level.onset(centred), level.end(centred, -72)
    if stop - start < count(SHORTEST_SECONDS):
        raise errors.BadSound(problem="it is too short", detail=f"{stop - start} samples from onset to end")
    tail = _tail_length(stop - start)
    balanced = _balance(_fade(_cut(centred, start, stop + tail), tail))
    return balanced * min(PEAK / float(np.abs(balanced).max()), LIFT)


def _resting_offset(samples: FloatArray) -> float:
    """The constant that the last 100 ms stand at; 0 where the sound still moves more than that at its end.

    A Hann window keeps what is left of a sub out of the mean.
    """
    rest = samples[-count(0.1) :]
    offset = float(np.average(rest, weights=signal.windows.hann(rest.size)))
    return offset if abs(offset) > rest.std() / 2 else 0.0


def _tail_length(length: int) -> int:
    """A tenth of the sound, from 10 to 100 ms: a cut sub needs longer to go without a bump than a short knock."""
    return min(max(length // 10, count(0.01)), count(0.1))


def _cut(samples: FloatArray, start: int, stop: int) -> FloatArray:
    """The sound with its run-up of `ATTACK` samples, so that the fade-in falls into what is nearly silent.

    What starts with its very first sample is given a run-up at that level: faded in, it steps no more, and the
    transient is whole.
    """
    run_up = samples[max(start - ATTACK, 0) : start]
    padded = np.pad(run_up, (ATTACK - run_up.size, 0), constant_values=samples[0])
    return np.concatenate((padded, samples[start:stop]))


def _fade(samples: FloatArray, tail: int) -> FloatArray:
    shape = np.ones_like(samples)
    shape[:ATTACK] = _rise(ATTACK)
    tail = min(tail, samples.size - ATTACK)
    shape[samples.size - tail :] = _rise(tail)[::-1]
    return samples * shape


def _rise(length: int) -> FloatArray:
    """Half a raised cosine from 0 to just below 1."""
    return 0.5 - 0.5 * np.cos(np.pi * np.arange(length) / length)


def _balance(samples: FloatArray) -> FloatArray:
    """Take the mean out where the sound is, in proportion to its level.

    This is the offset that a lopsided drive leaves, and it dies away with the sound. A constant would shift the
    silent end instead, and a high-pass would turn the phase of the sub. What is taken lies below 10 Hz.
    """
    window = signal.windows.hann(count(0.12))
    shape = np.maximum(signal.oaconvolve(np.abs(samples), window, mode="same"), 0.0)
    ramp = min(count(0.02), samples.size // 2)
    shape[:ramp] *= _rise(ramp)
    shape[samples.size - ramp :] *= _rise(ramp)[::-1]
    return samples - shape * float(samples.sum() / shape.sum())
