"""Standard output: in any encoding, and a pipe or a file that may come to its end."""

import os
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager

from core import errors

SHADES = "  .:-=+*#"
"""For a sign of the waveform, by how many of its eight dots are set."""

LOOKALIKES = {
    **{chr(0x2800 + dots): SHADES[dots.bit_count()] for dots in range(256)},
    "·": "-",
    "…": "...",
    "⏳": "",
    "🌅": "",
    "🥁": "",
}
"""What stands for a sign that an encoding lacks."""


def write(text: str) -> None:
    """Write and flush, each sign that the encoding lacks as one that looks like it.

    Raises `errors.OutputLost`; what is written after that goes nowhere.
    """
    # A program may be started without any.
    if sys.stdout is None:
        raise errors.OutputLost(problem="it is closed")
    with writing():
        sys.stdout.write(fitted(text))
        sys.stdout.flush()


@contextmanager
def writing() -> Iterator[None]:
    """The block writes to standard output. Raises `errors.OutputLost`."""
    try:
        yield
    except OSError as error:
        to_nowhere(sys.stdout.fileno())
        lost = errors.OutputLost(problem=error.strerror)
        lost.closed = isinstance(error, BrokenPipeError)
        raise lost from error


def fitted(text: str) -> str:
    """The text in signs that the encoding of standard output has."""
    if encodable(text):
        return text
    return "".join(sign if encodable(sign) else _lookalike(sign) for sign in text)


def encodable(text: str) -> bool:
    """Whether the encoding of standard output has all of it."""
    try:
        text.encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _lookalike(sign: str) -> str:
    """What stands for the sign; for a letter that is the one without its accent."""
    if sign in LOOKALIKES:
        return LOOKALIKES[sign]
    bare = unicodedata.normalize("NFKD", sign)[0]
    return bare if encodable(bare) else "?"


def to_nowhere(descriptor: int) -> None:
    """From now on what is written to the descriptor is dropped, also what is in a buffer still."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, descriptor)
    os.close(nowhere)
