"""The unpitched and half-pitched layers: click, knock and noise."""

import numpy as np
from numpy.typing import NDArray

from gpu.synth import filters
from gpu.synth.recipe import Recipe

Signal = NDArray[np.float64]


def click(recipe: Recipe, rate: int, random: np.random.Generator) -> Signal:
    """A pulse and a burst of noise in a band, peak `click_db`."""
    count = int(recipe.click_ms * rate / 200)
    burst = random.standard_normal(count) * _fall(recipe.click_ms / 2, count, rate)
    burst[0] += 3
    return _scaled(_band(burst, recipe.click_low_hz, recipe.click_high_hz, rate), recipe.click_db)


def knock(recipe: Recipe, rate: int) -> Signal:
    """What the beater says: two short partials, out of tune as wood is, that sink a little."""
    count = int(recipe.knock_ms * rate / 1_000 * 1.2)
    time = np.arange(count) / rate
    angle = 2 * np.pi * recipe.knock_hz * (time - 0.002 * np.expm1(-time / 0.004))
    tone = np.sin(angle) * _fall(recipe.knock_ms / 6.9, count, rate)
    tone += 0.6 * np.sin(1.52 * angle) * _fall(recipe.knock_ms / 11, count, rate)
    return _scaled(tone * np.minimum(time / 0.0004, 1), recipe.knock_db)


def noise(recipe: Recipe, rate: int, random: np.random.Generator) -> Signal:
    """Hiss of the skin, the snares or the circuit that follows the hit."""
    count = int(recipe.noise_ms * rate / 1_000 * 1.1)
    hiss = random.standard_normal(count) * _fall(recipe.noise_ms / 6.9, count, rate)
    hiss *= np.minimum(np.arange(count) / (0.001 * rate), 1)
    return _scaled(_band(hiss, recipe.noise_low_hz, recipe.noise_high_hz, rate), recipe.noise_db)


def _fall(milliseconds: float, count: int, rate: int) -> Signal:
    """An exponential with this time constant (samples,)."""
    return np.asarray(np.exp(np.arange(count) * (-1_000 / milliseconds / rate)))


def _band(sound: Signal, low: float, high: float, rate: int) -> Signal:
    return filters.run(sound, filters.highpass(low, rate, 0.5), filters.lowpass(max(high, 1.5 * low), rate, 0.5))


def _scaled(sound: Signal, decibels: float) -> Signal:
    return np.asarray(sound * (10 ** (decibels / 20) / np.abs(sound).max()))
