"""From a recipe to samples."""

from typing import Final

import numpy as np

from gpu.synth import filters, shaping, transient, voice
from gpu.synth.recipe import Recipe
from gpu.synth.signals import Signal, clock, gain, peak, samples

LONGEST: Final = samples(2_000)
LEAD: Final = 16
PEAK: Final = 0.944


def render(recipe: Recipe, seed: int) -> Signal:
    """Samples (at most 88200,) at 44.1 kHz, peak -0.5 dBFS, onset at the start, the end exactly zero."""
    clicks, hiss, walls = (np.random.default_rng((seed, layer)) for layer in (1, 2, 3))
    mix = _driven(recipe, clicks)
    _add(mix, transient.noise(recipe, hiss))
    mix = shaping.grain(recipe, mix / peak(mix))
    mix = shaping.tone(recipe, mix)
    mix = shaping.room(recipe, mix, walls)[:LONGEST]
    mix = shaping.gate(recipe, shaping.clip(recipe, mix))
    return _trimmed(filters.run(mix, filters.highpass(recipe.highpass_hz)))


def _driven(recipe: Recipe, random: np.random.Generator) -> Signal:
    """Body, overtones and click through the drive, sub and knock beside it."""
    time = clock(min(samples(_audible_ms(recipe)), LONGEST))
    sine = np.sin(voice.phase(recipe, time, random.random()))
    loud = voice.body(recipe, time, sine) + voice.skin(recipe, time)
    _add(loud, transient.click(recipe, random))
    mix = shaping.drive(recipe, loud) + voice.sub(recipe, time, sine)
    mix *= voice.accent(recipe, time)
    _add(mix, transient.knock(recipe))
    return mix


def _audible_ms(recipe: Recipe) -> float:
    """When all layers have fallen by 70 dB, what drive and clipper lift included."""
    depth = 70 + max(recipe.drive_db, 0) + recipe.clip_db
    body = recipe.hold_ms + recipe.decay_ms * float((depth / 60) ** (1 / recipe.curve))
    sub = recipe.sub_ms * (depth + recipe.sub_db) / 60
    others = 1.2 * max(recipe.noise_ms, recipe.knock_ms, recipe.modes_ms)
    return max(min(max(body, sub), recipe.gate_ms + 20), others)


def _trimmed(sound: Signal) -> Signal:
    """From the first to the last sample that can be heard, without a click at either end, at peak level."""
    size = np.abs(sound) / peak(sound)
    start = max(int(np.argmax(size > gain(-40))) - LEAD, 0)
    end = int(np.flatnonzero(size > gain(-72))[-1]) + 1
    sound = sound[start:end]
    fade = min(samples(250 if end > LONGEST - 100 else 40), len(sound))
    sound[:LEAD] *= np.linspace(0, 1, LEAD)
    sound[-fade:] *= np.sin(np.linspace(np.pi / 2, 0, fade)) ** 2
    return np.asarray(sound * (PEAK / peak(sound)))


def _add(mix: Signal, layer: Signal) -> None:
    shared = min(len(mix), len(layer))
    mix[:shared] += layer[:shared]
