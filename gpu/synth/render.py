"""From a recipe to samples."""

import numpy as np
from numpy.typing import NDArray

from gpu.synth import filters, shaping, transient, voice
from gpu.synth.recipe import Recipe

Signal = NDArray[np.float64]

RATE = 44_100
LONGEST = 2 * RATE
PEAK = 0.944
LEAD = 16


def render(recipe: Recipe, seed: int) -> Signal:
    """Samples (at most 88200,) at 44.1 kHz, peak -0.5 dBFS, onset at the start, the end exactly zero."""
    streams = [np.random.default_rng((seed, layer)) for layer in (1, 2, 3)]
    mix = _driven(recipe, streams[0])
    _add(mix, transient.noise(recipe, RATE, streams[1]))
    mix = shaping.grain(recipe, mix / np.abs(mix).max(), RATE)
    mix = shaping.tone(recipe, mix, RATE)
    mix = shaping.room(recipe, mix, RATE, streams[2])[:LONGEST]
    mix = shaping.gate(recipe, shaping.clip(recipe, mix), RATE)
    return _trimmed(filters.run(mix, filters.highpass(recipe.highpass_hz, RATE)))


def _driven(recipe: Recipe, random: np.random.Generator) -> Signal:
    """Body, overtones and click through the drive, sub and knock beside it."""
    time = np.arange(_length(recipe)) / RATE
    sine = np.sin(voice.phase(recipe, time, random.random()))
    loud = voice.body(recipe, time, sine) + voice.skin(recipe, time)
    _add(loud, transient.click(recipe, RATE, random))
    mix = shaping.drive(recipe, loud, RATE) + voice.sub(recipe, time, sine)
    mix *= voice.accent(recipe, time)
    _add(mix, transient.knock(recipe, RATE))
    return mix


def _length(recipe: Recipe) -> int:
    """Samples until everything that is driven lies 70 dB down."""
    depth = 70 + max(recipe.drive_db, 0) + recipe.clip_db
    body = recipe.hold_ms + recipe.decay_ms * (depth / 60) ** (1 / recipe.curve)
    sub = recipe.sub_ms * (depth + recipe.sub_db) / 60
    layers = max(recipe.noise_ms, recipe.modes_ms * (recipe.modes_db > -48), recipe.knock_ms)
    return min(int(max(min(max(body, sub), recipe.gate_ms + 15), layers * 1.2, 60) * RATE / 1_000), LONGEST)


def _trimmed(sound: Signal) -> Signal:
    """From the first to the last sample that can be heard, without a click at either end, at peak level."""
    size = np.abs(sound) / np.abs(sound).max()
    start = max(int(np.argmax(size > 10 ** (-40 / 20))) - LEAD, 0)
    end = int(np.flatnonzero(size > 10 ** (-72 / 20))[-1]) + 1
    fade = int((0.25 if end > LONGEST - 100 else 0.04) * RATE)
    sound = sound[start:end]
    sound[:LEAD] *= np.linspace(0, 1, LEAD)
    sound[-fade:] *= np.sin(np.linspace(np.pi / 2, 0, min(fade, len(sound)))) ** 2
    return np.asarray(sound * (PEAK / np.abs(sound).max()))


def _add(mix: Signal, layer: Signal) -> None:
    shared = min(len(mix), len(layer))
    mix[:shared] += layer[:shared]
