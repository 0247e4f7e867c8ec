"""Sounds made up for tests, and files of them."""

from io import BytesIO

import numpy as np
import soundfile

from core.sound.samples import SAMPLE_RATE, FloatArray


def times(seconds: float) -> FloatArray:
    time: FloatArray = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    return time


def sine(hz: float, seconds: float = 1.0, peak: float = 1.0) -> FloatArray:
    return np.asarray(peak * np.sin(2 * np.pi * hz * times(seconds)))


def decaying(hz: float, t60: float, seconds: float = 2.0) -> FloatArray:
    return sine(hz, seconds) * np.exp(-6.9078 / t60 * times(seconds))


def noise(seconds: float, seed: int = 0) -> FloatArray:
    return np.random.default_rng(seed).standard_normal(round(seconds * SAMPLE_RATE))


def kick(
    hz: float = 50.0,
    t60: float = 0.4,
    *,
    sweep: float = 150.0,
    tau: float = 0.025,
    snap: float = 800.0,
    click: float = 0.3,
    drive: float = 1.0,
    bias: float = 0.0,
    floor: float = -80.0,
    seconds: float = 2.0,
    seed: int = 0,
) -> FloatArray:
    """A driven sine with an exponential sweep (Hz, s), a faster snap (Hz), a click and noise; peak 0.95.

    `floor` is the noise's RMS in dB of full scale.
    """
    time = times(seconds)
    frequency = hz + sweep * np.exp(-time / tau) + snap * np.exp(-time / 0.004)
    body = np.sin(2 * np.pi * np.cumsum(frequency) / SAMPLE_RATE) * np.exp(-np.log(1000) / t60 * time)
    sound = np.tanh(drive * body + bias) - np.tanh(bias)
    sound /= np.abs(sound).max()
    length = round(0.004 * SAMPLE_RATE)
    sound[:length] += click * noise(0.004, seed)[:length] * np.linspace(1, 0, length)
    sound += 10 ** (floor / 20) * noise(seconds, seed + 1)
    return np.asarray(0.95 * sound / np.abs(sound).max())


def encoded(samples: FloatArray, rate: int = SAMPLE_RATE, kind: str = "WAV", subtype: str = "FLOAT") -> bytes:
    """A file as an engine sends it: a float WAV, if nothing else is asked for."""
    file = BytesIO()
    soundfile.write(file, samples, rate, format=kind, subtype=subtype)
    return file.getvalue()
