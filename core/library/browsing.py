"""What is asked for when presets are browsed: filters, an order, a place in it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from core import errors
from core.kicks import Preset
from core.sound import pitch
from core.text import readable

Sort = Literal["newest", "saves"]
Side = Literal["after", "before"]

LONGEST = 60
"""With this many characters a query, its cursor and the command fit into the 100 of a button's id."""
FILTERS = ("note", "min", "max", "by", "sort", "after", "before")
PLACES = ("after", "before")
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
LETTERS = {"c": 0, "d": 2, "e": 4, "f": 5, "g": 7, "a": 9, "b": 11}
ACCIDENTALS = {"": 0, "#": 1, "♯": 1, "s": 1, "b": -1, "♭": -1}


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place between two entries. `key` is what the entry beside it is ordered by: microseconds, or a count.

    Pages go on from an entry and not from a number of entries, so that what comes and goes meanwhile neither hides
    nor doubles another.
    """

    side: Side
    key: int
    id: int

    def __str__(self) -> str:
        return f"{self.side}:{_digits(self.key)}.{_digits(self.id)}"


@dataclass(frozen=True, slots=True)
class Note:
    """A note of any octave, or of one: `index` counts semitones from C, `octave` as in F1."""

    index: int
    octave: int | None = None

    @property
    def semitone(self) -> int | None:
        """Semitones from C0, None for any octave."""
        return None if self.octave is None else 12 * self.octave + self.index

    def __str__(self) -> str:
        return pitch.NOTES[self.index] + ("" if self.octave is None else str(self.octave))


@dataclass(frozen=True, slots=True)
class Query:
    """Filters that must all match.

    `words` are of a preset's name and prompt, `shortest` and `longest` are seconds, `maker` is a display name in lower
    case without spaces. As `str` it is what `parse` reads.
    """

    words: tuple[str, ...] = ()
    note: Note | None = None
    shortest: float | None = None
    longest: float | None = None
    maker: str | None = None
    sort: Sort = "newest"
    cursor: Cursor | None = None

    def __str__(self) -> str:
        options = (
            ("note", self.note),
            ("min", None if self.shortest is None else f"{self.shortest:g}"),
            ("max", None if self.longest is None else f"{self.longest:g}"),
            ("by", self.maker),
            ("sort", self.sort if self.sort != "newest" else None),
        )
        parts = [*self.words, *(f"{name}:{value}" for name, value in options if value is not None)]
        return " ".join(parts + ([str(self.cursor)] if self.cursor else []))

    @property
    def backwards(self) -> bool:
        """Whether it asks for what comes before a place."""
        return self.cursor is not None and self.cursor.side == "before"

    def at(self, cursor: Cursor | None) -> "Query":
        """The same at another place."""
        return replace(self, cursor=cursor)


@dataclass(frozen=True, slots=True)
class Listed:
    """A preset in a list, as one account sees it there.

    `maker` is its owner's name in that place, `mine` whether the account owns it, `saved` whether its sound is in the
    account's library, `shared` whether its owner has shared it in that place. `key` and `entry` are where it stands.
    """

    preset: Preset
    maker: str
    saves: int
    mine: bool
    saved: bool
    shared: bool
    key: int
    entry: int


def parse(text: str, known: Iterable[str] = FILTERS) -> Query:
    """Read a query as users write it: "deep 808 note:F1 max:0.5 sort:saves".

    A word without letters and digits asks for nothing.

    Raises `errors.UnknownFilter`, `errors.BadFilter`, `errors.QueryTooLong`.
    """
    query = Query()
    for word in readable(text).replace(",", " ").lower().split():
        option, colon, value = word.partition(":")
        if not colon:
            query = replace(query, words=(*query.words, word) if any(map(str.isalnum, word)) else query.words)
        elif option not in known:
            raise errors.UnknownFilter(option=option, known=", ".join(f"{one}:" for one in known if one not in PLACES))
        else:
            query = _filtered(query, option, value)
    if len(str(query.at(None))) > LONGEST:
        raise errors.QueryTooLong(longest=LONGEST)
    return query


def _filtered(query: Query, option: str, value: str) -> Query:
    match option:
        case "note":
            return replace(query, note=_note(value))
        case "min":
            return replace(query, shortest=_seconds(option, value))
        case "max":
            return replace(query, longest=_seconds(option, value))
        case "by":
            return replace(query, maker=value)
        case "sort":
            return replace(query, sort=_sort(value))
        case _:
            return replace(query, cursor=_cursor("before" if option == "before" else "after", value))


def _note(value: str) -> Note:
    found = re.fullmatch(r"([a-g])([#♯sb♭]?)([0-9]?)", value)
    if found is None:
        raise errors.BadFilter(option="note", value=value, expected="a note is F, F# or F#1")
    index = LETTERS[found[1]] + ACCIDENTALS[found[2]]
    return Note(index % 12, int(found[3]) + index // 12 if found[3] else None)


def _seconds(option: str, value: str) -> float:
    found = re.fullmatch(r"([0-9]{1,4}(?:\.[0-9]{1,4})?)(m?s)?", value)
    if found is None:
        raise errors.BadFilter(option=option, value=value, expected="a length is 0.3, 0.3s or 300ms")
    return float(found[1]) / (1000 if found[2] == "ms" else 1)


def _sort(value: str) -> Sort:
    match value:
        case "newest" | "saves":
            return value
        case _:
            raise errors.BadFilter(option="sort", value=value, expected="it is sort:newest or sort:saves")


def _cursor(side: Side, value: str) -> Cursor:
    found = re.fullmatch(r"([0-9a-z]{1,12})\.([0-9a-z]{1,12})", value)
    if found is None:
        raise errors.BadFilter(option=side, value=value, expected="pages go on from the buttons below a page")
    return Cursor(side, int(found[1], 36), int(found[2], 36))


def _digits(number: int) -> str:
    """The number to the base 36, in which it is short."""
    digits = ""
    while number or not digits:
        number, last = divmod(number, 36)
        digits = DIGITS[last] + digits
    return digits
