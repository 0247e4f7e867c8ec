"""The pitch of a kick: the frequency that its tail comes to rest at."""

from math import log2

from core.sound import tails
from core.sound.samples import FloatArray

NOTES = ("C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B")


def note_name(hz: float) -> tuple[str, int]:
    """The nearest note of equal temperament at A4 = 440 Hz, such as `F#1`, and the cents from it, -50 to 50."""
    steps = 12 * log2(hz / 440) + 57
    nearest = round(steps)
    return f"{NOTES[nearest % 12]}{nearest // 12}", round(100 * (steps - nearest))


def fundamental(samples: FloatArray) -> float | None:
    """The fundamental of the tail in Hz, None where there is none to hear. `samples` begin at the onset.

    The tail is followed as far down as it can be: to -54 dB where it is clean, less far where a room or noise takes
    over. It counts as a pitch where it lasts for some periods, more of them the less steady it is, and where one
    glide holds most of its energy; clicks and thumps fail the first test, noise the second.

    A kick that fades while its sweep is still falling has no pitch to the cent: with a T60 of 0.15 s, a sweep of 40 ms
    and noise at -50 dB it can be a tone off. Half a semitone is usual under a room at -8 dB.
    """
    low = tails.low_end(samples)
    unsteady: float | None = None
    for depth, periods in ((-54, 1.5), (-40, 3.0), (-26, 3.0)):
        tail = tails.follow(samples, low, depth, periods)
        if tail is None or tail.coherent < 0.55:
            continue
        if tail.jitter < 0.15 and tail.fall < tails.LONGEST_FALL:
            return tail.hz
        if tail.end * tail.hz > 11:
            unsteady = unsteady or tail.hz
    return unsteady
