"""The pitched layers: body, sub and the overtones of a drum's skin."""

from typing import Final

import numpy as np

from gpu.synth.recipe import Recipe
from gpu.synth.signals import Signal, gain, samples

SKIN: Final = (1.59, 2.14, 2.30, 2.65, 2.92, 3.60)
INAUDIBLE: Final = -48
DECAY: Final = float(np.log(1_000))
DRIFT_HZ: Final = 5.3


def phase(recipe: Recipe, time: Signal, turn: float) -> Signal:
    """Radians of the body at `time` (samples,) in seconds: the exact integral of its pitch.

    `turn` (0 to 1) is where the wobble, a slow drift as of tape or an old oscillator, starts.
    """
    cycles = recipe.pitch_hz * time
    for height, fall in ((recipe.snap_hz, recipe.snap_ms), (recipe.drop_hz, recipe.drop_ms)):
        cycles -= height * fall / 1_000 * np.expm1(-1_000 / fall * time)
    swing = recipe.wobble * recipe.pitch_hz / (2 * np.pi * DRIFT_HZ)
    cycles += swing * (np.sin(2 * np.pi * (DRIFT_HZ * time + turn)) - np.sin(2 * np.pi * turn))
    return np.asarray(2 * np.pi * cycles)


def body(recipe: Recipe, time: Signal, sine: Signal) -> Signal:
    """The body, peak about 1, from the sine of its phase.

    A triangle's third and fifth harmonic come from Chebyshev's polynomials, so they stay locked to the fundamental.
    """
    square = sine * sine
    third = sine * (3 - 4 * square)
    fifth = sine * (5 + square * (16 * square - 20))
    wave = sine - recipe.shape * (third / 9 - fifth / 25)
    wave *= loudness(recipe, time)
    _fade_in(wave, recipe.attack_ms, time)
    return np.asarray(wave)


def loudness(recipe: Recipe, time: Signal) -> Signal:
    """Hold, then fall by 60 dB in `decay_ms`."""
    late = np.maximum(time * 1_000 - recipe.hold_ms, 0) / recipe.decay_ms
    return np.asarray(np.exp(-DECAY * late**recipe.curve))


def sub(recipe: Recipe, time: Signal, sine: Signal) -> Signal:
    """A clean sine under the body, in phase with it, that enters once the sweep is over."""
    entry = -np.expm1(-1_000 / max(2 * recipe.snap_ms, 6) * time)
    tail = np.exp(-DECAY * 1_000 / recipe.sub_ms * time)
    return np.asarray(gain(recipe.sub_db) * entry**2 * tail * sine)


def skin(recipe: Recipe, time: Signal) -> Signal:
    """The partials of an ideal membrane above the body's own, each dying sooner than the one below.

    The stroke stretches the skin, which raises them a little at first (Rossing, Science of Percussion Instruments).
    """
    total = np.zeros_like(time)
    if recipe.modes_db <= INAUDIBLE:
        return total
    heard = time[: samples(1.4 * recipe.modes_ms)]
    stretch = recipe.drop_ms / 1_000
    angle = 2 * np.pi * recipe.pitch_hz * recipe.modes_ratio * (heard - 0.2 * stretch * np.expm1(-heard / stretch))
    for place, ratio in enumerate(SKIN, 1):
        fall = np.exp(-DECAY * 1_000 * place**0.4 / recipe.modes_ms * heard)
        total[: len(heard)] += np.sin(ratio * angle) * fall / place**0.7
    _fade_in(total, recipe.attack_ms, time)
    return np.asarray(gain(recipe.modes_db) * total)


def accent(recipe: Recipe, time: Signal) -> Signal:
    """Gain that starts `accent_db` up and is gone after a few `accent_ms`."""
    return np.asarray(1 + (gain(recipe.accent_db) - 1) * np.exp(-1_000 / recipe.accent_ms * time))


def _fade_in(wave: Signal, attack_ms: float, time: Signal) -> None:
    """In place."""
    count = samples(attack_ms)
    wave[:count] *= np.sin(np.pi / 2 * 1_000 / attack_ms * time[:count]) ** 2
