"""What a kick is made of: every number the synthesiser takes, with its unit and the bounds no word may leave."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from math import exp, log
from typing import Annotated, get_type_hints


@dataclass(frozen=True, slots=True)
class Factor:
    """The bounds of a time or frequency: what moves it is a factor, what lies between two of them a geometric mean."""

    low: float
    high: float

    def scaled(self, value: float) -> float:
        return log(value)

    def value(self, scaled: float) -> float:
        return min(max(exp(scaled), self.low), self.high)


@dataclass(frozen=True, slots=True)
class Amount:
    """The bounds of a level or share: what moves it is added to it."""

    low: float
    high: float

    def scaled(self, value: float) -> float:
        return value

    def value(self, scaled: float) -> float:
        return min(max(scaled, self.low), self.high)


Hertz = float
Milliseconds = float
Decibels = float
Share = float


@dataclass(frozen=True, slots=True)
class Recipe:
    """One kick. Levels of layers are relative to the body's peak.

    The body's pitch is `pitch_hz + snap_hz exp(-t/snap_ms) + drop_hz exp(-t/drop_ms)`. Its loudness is held for
    `hold_ms` and then falls by 60 dB in `decay_ms`, along `exp(-t**curve)`; after the drive the front is raised by
    `accent_db`, which is gone after a few `accent_ms`. `shape` leads from a sine to a triangle, `edge` from a soft to
    a hard knee in the drive.
    """

    pitch_hz: Annotated[Hertz, Factor(32, 110)]
    snap_hz: Annotated[Hertz, Factor(10, 4_000)]
    snap_ms: Annotated[Milliseconds, Factor(1, 14)]
    drop_hz: Annotated[Hertz, Factor(3, 600)]
    drop_ms: Annotated[Milliseconds, Factor(5, 180)]
    wobble: Annotated[Share, Amount(0, 0.03)]

    attack_ms: Annotated[Milliseconds, Factor(0.1, 30)]
    hold_ms: Annotated[Milliseconds, Factor(1, 400)]
    decay_ms: Annotated[Milliseconds, Factor(60, 5_000)]
    accent_db: Annotated[Decibels, Amount(0, 9)]
    accent_ms: Annotated[Milliseconds, Factor(4, 60)]
    curve: Annotated[float, Amount(0.7, 2.5)]
    gate_ms: Annotated[Milliseconds, Factor(60, 2_000)]
    shape: Annotated[Share, Amount(0, 1)]

    sub_db: Annotated[Decibels, Amount(-60, 6)]
    sub_ms: Annotated[Milliseconds, Factor(60, 5_000)]

    click_db: Annotated[Decibels, Amount(-60, 4)]
    click_ms: Annotated[Milliseconds, Factor(0.3, 15)]
    click_low_hz: Annotated[Hertz, Factor(100, 7_000)]
    click_high_hz: Annotated[Hertz, Factor(900, 16_000)]

    knock_db: Annotated[Decibels, Amount(-60, 4)]
    knock_hz: Annotated[Hertz, Factor(150, 5_000)]
    knock_ms: Annotated[Milliseconds, Factor(4, 150)]

    noise_db: Annotated[Decibels, Amount(-60, -4)]
    noise_ms: Annotated[Milliseconds, Factor(15, 900)]
    noise_low_hz: Annotated[Hertz, Factor(60, 8_000)]
    noise_high_hz: Annotated[Hertz, Factor(600, 16_000)]

    modes_db: Annotated[Decibels, Amount(-60, 2)]
    modes_ms: Annotated[Milliseconds, Factor(25, 900)]
    modes_ratio: Annotated[float, Factor(0.8, 12)]

    mids_db: Annotated[Decibels, Amount(-6, 18)]
    mids_hz: Annotated[Hertz, Factor(90, 1_600)]
    drive_db: Annotated[Decibels, Amount(-18, 38)]
    bias: Annotated[Share, Amount(0, 0.8)]
    edge: Annotated[Share, Amount(0, 1)]

    bits: Annotated[float, Amount(5, 16)]
    rate_hz: Annotated[Hertz, Factor(5_000, 44_100)]

    low_db: Annotated[Decibels, Amount(-12, 9)]
    box_db: Annotated[Decibels, Amount(-12, 12)]
    bite_db: Annotated[Decibels, Amount(-12, 12)]
    lowpass_hz: Annotated[Hertz, Factor(250, 17_000)]
    highpass_hz: Annotated[Hertz, Factor(20, 140)]

    room_db: Annotated[Decibels, Amount(-60, 0)]
    room_ms: Annotated[Milliseconds, Factor(40, 1_600)]
    room_low_hz: Annotated[Hertz, Factor(30, 900)]
    room_high_hz: Annotated[Hertz, Factor(120, 12_000)]

    clip_db: Annotated[Decibels, Amount(0, 14)]


@cache
def scales() -> Mapping[str, Factor | Amount]:
    """Name -> the scale on which a recipe's number is blended and moved."""
    hints = get_type_hints(Recipe, include_extras=True)
    return {field.name: hints[field.name].__metadata__[0] for field in fields(Recipe)}
