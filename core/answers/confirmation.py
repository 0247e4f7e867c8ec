"""How somebody agrees to what they were asked: a word at the end of the command, which fits only what they saw."""

from collections.abc import Iterable
from zlib import crc32

MARK = "sure:"


def read(text: str) -> tuple[str, str | None]:
    """What stands before the agreement, and the agreement itself, None where there is none."""
    before, _, last = text.rpartition(" ")
    return (before.rstrip(), last.removeprefix(MARK)) if last.startswith(MARK) else (text, None)


def fitting(things: Iterable[int]) -> str:
    """The agreement to just these things, whatever their order."""
    return f"{crc32(' '.join(map(str, sorted(things))).encode()):08x}"
