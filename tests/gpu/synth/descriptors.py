"""What can be measured of a kick: the numbers in which the synthesiser's words are tested."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import fft, ndimage, signal

from gpu.synth.signals import RATE, Signal

PAD = 4_096
FLOOR_DB = -60.0


@dataclass(frozen=True, slots=True)
class Descriptors:
    """One kick, peak-normalised, everything below -60 dB taken as silence.

    Times are in ms from the onset, frequencies in Hz, shares of energy 0 to 1, everything that ends in `_db` in dB.
    """

    attack: float
    t20: float
    t60: float
    level_100_db: float
    level_200_db: float
    tail_hz: float
    start_hz: float
    centroid: float
    sub: float
    low_mid_db: float
    high_db: float
    click_db: float
    knock_db: float
    noise_db: float
    harmonics_db: float
    crest_db: float
    thd: float
    room_db: float


def measure(sound: Signal) -> Descriptors:
    """The descriptors of a mono sound (samples,) at 44.1 kHz, at most 2 s long."""
    padded = np.zeros(2 * fft.next_fast_len(len(sound) // 2 + PAD))
    padded[PAD : PAD + len(sound)] = sound / np.abs(sound).max()
    spectrum = fft.rfft(padded)
    power = np.abs(spectrum) ** 2
    levels = _level_db(_envelope(spectrum)[: len(sound)])
    low = _analytic(spectrum, 30, 180)
    tail = _tail(np.abs(low))
    tail_hz = _mean_hz(low, *tail)
    kick = padded[PAD:]
    return Descriptors(
        attack=_attack(levels),
        t20=_last_above(levels, -20),
        t60=_last_above(levels, FLOOR_DB),
        level_100_db=_at(levels, 100),
        level_200_db=_at(levels, 200),
        tail_hz=tail_hz,
        start_hz=_mean_hz(_analytic(spectrum, 30, 1_500), _ms(0.5), _ms(6)),
        centroid=_centroid(power),
        sub=_share(power, 20, 60),
        low_mid_db=_decibel(_share(power, 180, 600)),
        high_db=_decibel(_share(power, 2_000, 20_000)),
        click_db=_decibel(_band(_power(_faded(padded[PAD - _ms(8) : PAD + _ms(8)])), 1_500, 20_000) / power.sum()),
        knock_db=_decibel(_band(_power(_faded(kick[_ms(10) : _ms(90)])), 400, 4_000) / power.sum()),
        noise_db=_decibel(_band(_power(_faded(kick[_ms(15) : _ms(150)])), 2_000, 20_000) / power.sum()),
        harmonics_db=_harmonics(kick[_ms(10) : _ms(110)], _analytic(spectrum, 30, 300)[_ms(10) : _ms(110)]),
        crest_db=-_decibel(float(np.mean(kick[: _ms(100)] ** 2))),
        thd=_thd(kick[tail[0] : tail[1]], tail_hz),
        room_db=_decibel(_band(_power(_faded(kick[_ms(130) : _ms(600)])), 250, 8_000) / power.sum()),
    )


def _ms(time: float) -> int:
    return int(time * RATE / 1_000)


def _decibel(power: float) -> float:
    return 10 * float(np.log10(max(power, 10 ** (FLOOR_DB / 10))))


def _analytic(spectrum: NDArray[np.complex128], low: float, high: float) -> NDArray[np.complex128]:
    """The analytic signal of one band from the onset on; the padding keeps its ends apart."""
    count = 2 * (len(spectrum) - 1)
    hz = fft.rfftfreq(count, 1 / RATE)
    skirts = 1 / np.sqrt((1 + (hz / high) ** 8) * (1 + (low / np.maximum(hz, 1)) ** 8))
    full = np.zeros(count, complex)
    full[: len(spectrum)] = 2 * spectrum * skirts
    return np.asarray(fft.ifft(full)[PAD:])


def _envelope(spectrum: NDArray[np.complex128]) -> Signal:
    """The Hilbert envelope, smoothed over 2 ms."""
    return np.asarray(ndimage.uniform_filter1d(np.abs(_analytic(spectrum, 15, 20_000)), _ms(2)), np.float64)


def _level_db(envelope: Signal) -> Signal:
    """Silence lies just under the floor, so that nothing is found above it there."""
    return np.asarray(np.maximum(20 * np.log10(np.maximum(envelope / envelope.max(), 1e-9)), FLOOR_DB - 1e-6))


def _at(levels: Signal, time: float) -> float:
    return float(levels[_ms(time)]) if _ms(time) < len(levels) else FLOOR_DB


def _last_above(levels: Signal, threshold: float) -> float:
    return float(np.flatnonzero(levels > threshold)[-1]) * 1_000 / RATE


def _attack(levels: Signal) -> float:
    """From -26 dB to -3 dB."""
    return float(np.argmax(levels > -3) - np.argmax(levels > -26)) * 1_000 / RATE


def _tail(envelope: Signal) -> tuple[int, int]:
    """Samples between which the low band fades: the last three fifths before it is 30 dB down."""
    end = int(np.flatnonzero(envelope > envelope.max() * 10 ** (-30 / 20))[-1])
    return int(0.4 * end), end


def _mean_hz(analytic: NDArray[np.complex128], start: int, end: int) -> float:
    """The mean instantaneous frequency, weighted with energy."""
    part = analytic[start:end]
    return float(np.angle(np.sum(part[1:] * part[:-1].conj()))) * RATE / (2 * np.pi)


def _faded(part: Signal) -> Signal:
    """Without the clicks of its ends."""
    return np.asarray(part * signal.windows.tukey(len(part), 0.5))


def _power(part: Signal) -> Signal:
    return np.asarray(np.abs(fft.rfft(part, max(fft.next_fast_len(len(part), real=True), 1 << 14))) ** 2)


def _band(power: Signal, low: float, high: float) -> float:
    width = RATE / 2 / (len(power) - 1)
    return float(power[int(low / width) : int(high / width)].sum())


def _share(power: Signal, low: float, high: float) -> float:
    return _band(power, low, high) / float(power.sum())


def _centroid(power: Signal) -> float:
    """Weighted with magnitude; bins 60 dB below the strongest do not count."""
    magnitude = np.sqrt(power)
    magnitude[magnitude < magnitude.max() * 1e-3] = 0
    return float(np.sum(magnitude * np.linspace(0, RATE / 2, len(power))) / magnitude.sum())


def _thd(part: Signal, hz: float) -> float:
    """The amplitude of harmonics 2 to 10 over that of the fundamental, percent."""
    power = _power(part * signal.windows.hann(len(part)))
    tone = _band(power, 0.6 * hz, 1.4 * hz)
    rest = sum(_band(power, (order - 0.3) * hz, (order + 0.3) * hz) for order in range(2, 11))
    return 100 * float(np.sqrt(rest / max(tone, 1e-12)))


def _harmonics(part: Signal, fundamental: NDArray[np.complex128]) -> float:
    """Harmonics 2 to 10 over the fundamental, dB, while its pitch falls: `part` is read anew at even steps of phase."""
    cycles = np.maximum.accumulate(np.unwrap(np.angle(fundamental))) / (2 * np.pi)
    steps = np.arange(cycles[0], cycles[-1], 1 / 64)
    even = np.interp(steps, cycles, part)
    power = np.abs(fft.rfft(even * signal.windows.hann(len(even)), 1 << 14)) ** 2
    order = (1 << 14) / 64
    tone = power[int(0.6 * order) : int(1.4 * order)].sum()
    rest = power[int(1.6 * order) : int(10.4 * order)].sum()
    return _decibel(float(rest / max(tone, 1e-12)))
