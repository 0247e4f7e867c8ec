"""The unpitched and half-pitched layers: click, knock and noise."""

import numpy as np

from gpu.synth import filters
from gpu.synth.recipe import Recipe
from gpu.synth.signals import Signal, clock, gain, peak, samples


def click(recipe: Recipe, random: np.random.Generator) -> Signal:
    """A pulse and a burst of noise in a band, peak `click_db`."""
    time = clock(samples(5 * recipe.click_ms))
    burst = random.standard_normal(len(time)) * _fall(time, recipe.click_ms / 2)
    burst[0] += 3
    return _scaled(_band(burst, recipe.click_low_hz, recipe.click_high_hz), recipe.click_db)


def knock(recipe: Recipe) -> Signal:
    """What the beater says: two short partials, out of tune as wood is, that sink a little."""
    time = clock(samples(1.2 * recipe.knock_ms))
    angle = 2 * np.pi * recipe.knock_hz * (time - 0.002 * np.expm1(-time / 0.004))
    tone = np.sin(angle) * _fall(time, recipe.knock_ms / 6.9)
    tone += 0.6 * np.sin(1.52 * angle) * _fall(time, recipe.knock_ms / 11)
    return _scaled(tone * np.minimum(time / 0.0004, 1), recipe.knock_db)


def noise(recipe: Recipe, random: np.random.Generator) -> Signal:
    """Hiss of the skin, the snares or the circuit that follows the hit."""
    time = clock(samples(1.1 * recipe.noise_ms))
    hiss = random.standard_normal(len(time)) * _fall(time, recipe.noise_ms / 6.9) * np.minimum(time / 0.001, 1)
    return _scaled(_band(hiss, recipe.noise_low_hz, recipe.noise_high_hz), recipe.noise_db)


def _fall(time: Signal, milliseconds: float) -> Signal:
    """An exponential with this time constant."""
    return np.asarray(np.exp(-1_000 / milliseconds * time))


def _band(sound: Signal, low: float, high: float) -> Signal:
    return filters.run(sound, filters.highpass(low, 0.5), filters.lowpass(max(high, 1.5 * low), 0.5))


def _scaled(sound: Signal, decibels: float) -> Signal:
    return np.asarray(sound * (gain(decibels) / peak(sound)))
