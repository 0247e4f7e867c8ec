"""Loudness after ITU-R BS.1770-4."""

from math import log10, pi, tan

import numpy as np
from scipy import signal

from core.sound.level import QUIETEST
from core.sound.samples import SAMPLE_RATE, FloatArray, count


def momentary(samples: FloatArray) -> float:
    """The loudest 400 ms in LUFS, found to the sample; what is shorter is taken to lie in silence.

    A sine of 997 Hz at full scale is -3.01 LUFS.
    """
    window = count(0.4)
    weighted = signal.sosfilt(k_weighting(), np.pad(samples, (0, window)))
    energy = np.concatenate(([0.0], np.cumsum(weighted * weighted)))
    loudest = float(np.max(energy[window:] - energy[:-window])) / window
    return max(-0.691 + 10 * log10(loudest), QUIETEST) if loudest > 0 else QUIETEST


def k_weighting(rate: int = SAMPLE_RATE) -> FloatArray:
    """The two stages of K-weighting at a sample rate, shape (2, 6): a high shelf for the head, then a high-pass.

    The recommendation tabulates coefficients for 48 kHz alone. These are the analogue filters behind its tables,
    found by B. De Man ("Evaluation of implementations of the EBU R128 loudness measurement", AES 145, 2018) and
    brought to the rate by the bilinear transform; at 48 kHz they give the tables back to 1e-7.
    """
    k, q = tan(pi * 1681.974450955533 / rate), 0.7071752369554196
    high = 10 ** (3.999843853973347 / 20)
    band = high**0.4996667741545416
    scale = 1 + k / q + k * k
    shelf = [
        (high + band * k / q + k * k) / scale,
        2 * (k * k - high) / scale,
        (high - band * k / q + k * k) / scale,
        1.0,
        2 * (k * k - 1) / scale,
        (1 - k / q + k * k) / scale,
    ]
    k, q = tan(pi * 38.13547087602444 / rate), 0.5003270373238773
    scale = 1 + k / q + k * k
    high_pass = [1.0, -2.0, 1.0, 1.0, 2 * (k * k - 1) / scale, (1 - k / q + k * k) / scale]
    return np.array([shelf, high_pass])
