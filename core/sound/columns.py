"""A sound as columns of a picture."""

import numpy as np
from scipy import signal

from core.sound.samples import SAMPLE_RATE, FloatArray, count


def extents(samples: FloatArray, columns: int) -> tuple[FloatArray, FloatArray]:
    """The least and the greatest sample of each of `columns` equal stretches, each of shape (columns,).

    Neighbours share the sample between them, so that the columns join to one line; it is drawn out between the
    samples where there are fewer of them than columns.
    """
    if samples.size <= columns:
        samples = np.interp(np.linspace(0, samples.size - 1, columns + 1), np.arange(samples.size), samples)
    edges = np.linspace(0, samples.size - 1, columns + 1).astype(np.intp)
    starts, stops = edges[:-1], edges[1:]
    lowest = np.minimum(np.minimum.reduceat(samples, starts), samples[stops])
    highest = np.maximum(np.maximum.reduceat(samples, starts), samples[stops])
    return lowest, highest


def tone(samples: FloatArray, columns: int) -> tuple[FloatArray, FloatArray]:
    """How high the sound is in the middle of each stretch, and how much of it is there, each of shape (columns,).

    Height runs from 0 (50 Hz and below) to 1 (5 kHz and above), presence from 0 to 1, one half at -40 dB of the
    loudest. Height is the RMS of the slope over the RMS of the sound, both over some 7 ms: for a sine that is its
    frequency.
    """
    window = signal.windows.hann(count(0.014))
    slope = np.gradient(samples) * SAMPLE_RATE / (2 * np.pi)
    middles = ((np.arange(columns) + 0.5) / columns * (samples.size - 1)).astype(np.intp)
    moving, still = (
        np.maximum(signal.oaconvolve(np.pad(part * part, window.size), window, mode="same")[window.size :][middles], 0)
        for part in (slope, samples)
    )
    faint = still.max() * 1e-4 + 1e-12
    hz = np.sqrt(moving / (still + faint * 1e-4))
    return np.clip(np.log(np.maximum(hz, 50) / 50) / np.log(100), 0, 1), still / (still + faint)
