"""How loud a sound is over time: where it starts, where it ends."""

from math import log10

import numpy as np

from core.sound.samples import FloatArray, count

QUIETEST = -120.0
"""Stands for every level below it, silence included, so that a level is always a number."""


def decibels(amplitude: float) -> float:
    """The level of an amplitude, full scale being 0 dB."""
    return max(20 * log10(amplitude), QUIETEST) if amplitude > 0 else QUIETEST


def amplitude(level: float) -> float:
    """The amplitude at a level in decibels."""
    return float(10 ** (level / 20))


def onset(samples: FloatArray) -> int:
    """Where the attack begins: found where it passes 3 % of the peak (-30 dB), then followed back to its foot.

    The foot is the last sample no louder than 0.1 % (-60 dB) or than most of the 5 ms before those 3 %, the time before
    the first sample being silent. 0 for silence.
    """
    size = np.abs(samples)
    peak = size.max(initial=0.0)
    risen = int(np.argmax(size >= peak * amplitude(-30)))
    window = count(0.005)
    lead = np.pad(size, (window, 0))[risen : risen + window]
    foot = np.flatnonzero(lead <= max(peak * amplitude(-60), float(np.median(lead))))
    return max(risen - window + int(foot[-1]), 0)


def end(samples: FloatArray, below: float) -> int:
    """Where the sound has fallen to `below` dB of its loudest 20 ms, never to return; 0 for silence.

    The level at an instant is the RMS of the 20 ms from there on, so that a sound that is cut ends at the cut.
    """
    window = count(0.02)
    energy = np.concatenate(([0.0], np.cumsum(samples * samples), np.zeros(window)))
    energy[samples.size + 1 :] = energy[samples.size]
    blocks = energy[window : window + samples.size] - energy[: samples.size]
    loud = np.flatnonzero(blocks > blocks.max(initial=0.0) * amplitude(below) ** 2)
    return int(loud[-1]) + 1 if loud.size else 0
