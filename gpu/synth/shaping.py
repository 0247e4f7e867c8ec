"""What is done to the mix: drive, grain, tone, room and the last clipper."""

from functools import cache
from typing import Final

import numpy as np
from scipy import signal

from gpu.synth import filters
from gpu.synth.recipe import Recipe
from gpu.synth.signals import RATE, Signal, gain, peak, samples

REACH: Final = 16


def drive(recipe: Recipe, sound: Signal) -> Signal:
    """Saturate at four times the rate, peak 1 again. `bias` makes it asymmetric, which adds even harmonics."""
    sound = filters.run(sound, filters.bell(recipe.mids_hz, recipe.mids_db, 0.8))
    pushed = _up(sound * (gain(recipe.drive_db) / peak(sound)), 4)
    pushed += recipe.bias
    bent = (1 - recipe.edge) * np.tanh(pushed)
    bent += recipe.edge * np.clip(pushed, -1, 1)
    bent -= (1 - recipe.edge) * np.tanh(recipe.bias) + recipe.edge * recipe.bias
    driven = _down(bent, 4)
    return np.asarray(driven / peak(driven))


def grain(recipe: Recipe, sound: Signal) -> Signal:
    """Fewer bits and a slower clock, as of a sampler of the eighties; peak 1 in, peak 1 out."""
    if recipe.rate_hz < 0.95 * RATE:
        held = np.floor(np.arange(len(sound)) * (recipe.rate_hz / RATE)) * (RATE / recipe.rate_hz)
        sound = sound[held.astype(int)]
    if recipe.bits < 15.5:
        steps = 2 ** (recipe.bits - 1)
        sound = np.round(sound * steps) / steps
    return sound


def tone(recipe: Recipe, sound: Signal) -> Signal:
    """Low shelf, two bells and a low-pass of 24 dB an octave."""
    return filters.run(
        sound,
        filters.low_shelf(100, recipe.low_db),
        filters.bell(300, recipe.box_db, 0.9),
        filters.bell(3_200, recipe.bite_db, 0.7),
        *(filters.lowpass(recipe.lowpass_hz, quality) for quality in filters.BUTTERWORTH),
    )


def room(recipe: Recipe, sound: Signal, random: np.random.Generator) -> Signal:
    """Add a small dark room: decaying noise in a band, its peak `room_db` under the sound's."""
    count = samples(recipe.room_ms)
    reply = random.standard_normal(count) * np.exp(np.arange(count) * (-6.9 / count))
    reply[: samples(4)] = 0
    high = max(recipe.room_high_hz, 2 * recipe.room_low_hz)
    reply = filters.run(reply, filters.highpass(recipe.room_low_hz), filters.lowpass(high))
    wet = signal.fftconvolve(sound, reply)
    wet *= gain(recipe.room_db) * peak(sound) / peak(wet)
    wet[: len(sound)] += sound
    return np.asarray(wet)


def clip(recipe: Recipe, sound: Signal) -> Signal:
    """Round off the peaks after `clip_db` of gain, at twice the rate; the more gain, the softer the knee."""
    knee = 1 - min(recipe.clip_db, 4) / 10
    if knee > 0.99:
        return sound
    twice = _up(sound * (gain(recipe.clip_db) / peak(sound)), 2)
    over = np.flatnonzero(np.abs(twice) > knee)
    high = twice[over]
    twice[over] = np.sign(high) * (knee + (1 - knee) * np.tanh((np.abs(high) - knee) / (1 - knee)))
    return _down(twice, 2)


def gate(recipe: Recipe, sound: Signal) -> Signal:
    """Close within 16 ms from `gate_ms` on."""
    start = samples(recipe.gate_ms)
    closing = np.cos(np.linspace(0, np.pi / 2, samples(16))) ** 2
    return np.asarray(sound[: start + len(closing)] * np.concatenate((np.ones(start), closing))[: len(sound)])


def _up(sound: Signal, times: int) -> Signal:
    raised = signal.upfirdn(times * _lowpass(times), sound, up=times)
    return np.asarray(raised[REACH * times : (REACH + len(sound)) * times])


def _down(sound: Signal, times: int) -> Signal:
    lowered = signal.upfirdn(_lowpass(times), sound, down=times)
    return np.asarray(lowered[REACH : REACH + len(sound) // times])


@cache
def _lowpass(times: int) -> Signal:
    """Reaches over 16 samples of 44.1 kHz to each side; passes up to 17 kHz, stops from 22 kHz on."""
    return np.asarray(signal.firwin(2 * REACH * times + 1, 19_300, window=("kaiser", 6.0), fs=RATE * times))
