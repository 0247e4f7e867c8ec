"""A sound becomes a WAV file with a name."""

import re
import unicodedata
from io import BytesIO

import numpy as np
import soundfile

from core.sound.samples import SAMPLE_RATE, FloatArray
from core.text import readable

GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
LONGEST_WORDS = 48
LONGEST_TEXT = 1000


def write(samples: FloatArray, *, title: str, comment: str) -> bytes:
    """A 44.1 kHz mono 24-bit PCM WAV file, the same bytes for the same sound; the texts lie in its INFO chunk.

    The steps of 24 bits are 20 dB finer than the noise of the best converters. They are rounded without dither, so
    that silence stays silence.
    """
    steps = np.clip(np.rint(samples * 2**23), -(2**23), 2**23 - 1).astype(np.int32) << 8
    buffer = BytesIO()
    with soundfile.SoundFile(buffer, "w", SAMPLE_RATE, 1, "PCM_24", format="WAV") as file:
        for name, text in (("title", _text(title)), ("artist", "Kickbot"), ("comment", _text(comment))):
            if text:
                setattr(file, name, text)
        file.write(steps)
    return buffer.getvalue()


def file_name(prompt: str, note: str | None, given_name: str) -> str:
    """What a download is called, such as `kick_hit-house_F1_burkhard.wav`: ASCII letters, digits, `-`, `_` alone.

    A sharp is an `s` (`Fs1`), because `#` would end the path of a URL. A part that has nothing to say is left out.
    """
    parts = ("kick", _words(prompt), (note or "").replace("#", "s"), _words(given_name))
    return "_".join(part for part in parts if part) + ".wav"


def _words(text: str) -> str:
    """Lower-case words joined by `-`, in ASCII, German letters spelt out, cut at a word where they are too long."""
    lower = unicodedata.normalize("NFC", text).lower().translate(GERMAN)
    plain = unicodedata.normalize("NFKD", lower).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if len(words) <= LONGEST_WORDS:
        return words
    return words[: LONGEST_WORDS + 1].rpartition("-")[0] or words[:LONGEST_WORDS]


def _text(text: str) -> str:
    """One line that an INFO chunk can hold: no NUL, at which it would end, and nothing that UTF-8 cannot hold."""
    return " ".join(readable(text).split())[:LONGEST_TEXT]
