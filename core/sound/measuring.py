"""What a producer wants to know of a kick."""

from dataclasses import dataclass

import numpy as np

from core.sound import level, loudness, pitch
from core.sound.samples import SAMPLE_RATE, FloatArray


@dataclass(frozen=True, slots=True)
class Facts:
    """The measures of a sound.

    `hz` is the fundamental of the tail, `note` and `cents` the nearest note and the way to it; all three are None for
    a sound without pitch. `seconds` is the audible length, `peak_db` the sample peak in dBFS, `lufs` the loudest
    momentary loudness.
    """

    hz: float | None
    note: str | None
    cents: int | None
    seconds: float
    peak_db: float
    lufs: float


def measure(samples: FloatArray) -> Facts:
    """Measure a sound, shape (n,).

    The audible length runs from the onset to where the level has fallen by 48 dB. At 50 Hz the threshold of hearing
    lies at 44 dB SPL (ISO 226): a kick that peaks at a loud 90 dB SPL cannot be heard from there on.
    """
    attack = samples[level.onset(samples) :]
    hz = pitch.fundamental(attack)
    note, cents = pitch.note_name(hz) if hz else (None, None)
    return Facts(
        hz=hz,
        note=note,
        cents=cents,
        seconds=level.end(attack, -48) / SAMPLE_RATE,
        peak_db=level.decibels(float(np.abs(samples).max())),
        lufs=loudness.momentary(samples),
    )
