"""Second-order filter sections, each (6,) as `scipy.signal.sosfilt` takes them (Bristow-Johnson, Audio EQ Cookbook)."""

from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import signal

from gpu.synth.signals import RATE, Signal

Section = NDArray[np.float64]

FLAT: Final = 0.7071
BUTTERWORTH: Final = (0.5412, 1.3066)


def run(sound: Signal, *sections: Section) -> Signal:
    return np.asarray(signal.sosfilt(np.stack(sections), sound))


def lowpass(hertz: float, quality: float = FLAT) -> Section:
    """12 dB an octave; two with the qualities of `BUTTERWORTH` make 24."""
    cosine, alpha = _angle(hertz, quality)
    edge = (1 - cosine) / 2
    return _section((edge, 2 * edge, edge), (1 + alpha, -2 * cosine, 1 - alpha))


def highpass(hertz: float, quality: float = FLAT) -> Section:
    """12 dB an octave; nothing is left at 0 Hz."""
    cosine, alpha = _angle(hertz, quality)
    edge = (1 + cosine) / 2
    return _section((edge, -2 * edge, edge), (1 + alpha, -2 * cosine, 1 - alpha))


def bell(hertz: float, decibels: float, quality: float) -> Section:
    cosine, alpha = _angle(hertz, quality)
    gain = 10 ** (decibels / 40)
    up, down = alpha * gain, alpha / gain
    return _section((1 + up, -2 * cosine, 1 - up), (1 + down, -2 * cosine, 1 - down))


def low_shelf(hertz: float, decibels: float) -> Section:
    cosine, alpha = _angle(hertz, FLAT)
    gain = 10 ** (decibels / 40)
    up, down, slope = gain + 1, gain - 1, 2 * np.sqrt(gain) * alpha
    top = (gain * (up - down * cosine + slope), 2 * gain * (down - up * cosine), gain * (up - down * cosine - slope))
    return _section(top, (up + down * cosine + slope, -2 * (down + up * cosine), up + down * cosine - slope))


def _angle(hertz: float, quality: float) -> tuple[float, float]:
    angle = 2 * np.pi * min(hertz, 0.45 * RATE) / RATE
    return float(np.cos(angle)), float(np.sin(angle)) / (2 * quality)


def _section(top: tuple[float, float, float], bottom: tuple[float, float, float]) -> Section:
    return np.array([*top, *bottom]) / bottom[0]
