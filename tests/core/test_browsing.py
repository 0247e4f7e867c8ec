"""Queries, as people write them and as buttons carry them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import errors
from core.answers.commands import Invocation
from core.library import browsing
from core.library.browsing import Cursor, Note, Query

LETTERS = st.characters(categories=("Ll", "Nd")).filter(lambda letter: letter == letter.lower())
WORDS = st.text(LETTERS, min_size=1, max_size=8)
SECONDS = st.none() | st.integers(0, 9999).map(lambda number: number / 1000)
CURSORS = st.builds(Cursor, st.sampled_from(["after", "before"]), st.integers(0, 2**52), st.integers(0, 2**40))
QUERIES = st.builds(
    Query,
    words=st.lists(WORDS, max_size=2).map(tuple),
    note=st.none() | st.builds(Note, st.integers(0, 11), st.none() | st.integers(0, 9)),
    shortest=SECONDS,
    longest=SECONDS,
    maker=st.none() | WORDS,
    sort=st.sampled_from(["newest", "saves"]),
    cursor=st.none() | CURSORS,
)


@given(QUERIES)
def test_what_is_written_is_read_back_and_fits_a_button(query: Query) -> None:
    if len(str(query.at(None))) > browsing.LONGEST:
        with pytest.raises(errors.QueryTooLong):
            browsing.parse(str(query))
    else:
        assert browsing.parse(str(query)) == query
        assert len(str(Invocation("presets browse", str(query)))) <= 100


def test_as_people_write_them() -> None:
    query = browsing.parse(" Deep, 808  NOTE:Bb1 min:200ms max:0.5s by:Ada sort:saves ")
    assert query == Query(("deep", "808"), Note(10, 1), 0.2, 0.5, "ada", "saves")
    assert str(query) == "deep 808 note:A#1 min:0.2 max:0.5 by:ada sort:saves"


@pytest.mark.parametrize(
    ("text", "note", "semitone"),
    [
        ("f", "F", None),
        ("f1", "F1", 17),
        ("f#1", "F#1", 18),
        ("fs1", "F#1", 18),
        ("gb1", "F#1", 18),
        ("b", "B", None),
        ("bb", "A#", None),
        ("b1", "B1", 23),
        ("b#1", "C2", 24),
        ("cb1", "B0", 11),
    ],
)
def test_notes(text: str, note: str, semitone: int | None) -> None:
    read = browsing.parse(f"note:{text}").note
    assert read is not None
    assert (str(read), read.semitone) == (note, semitone)


@pytest.mark.parametrize(
    "text", "note:h note: note:f11 min:x max:-1 max:1e3 min: sort:oldest after:1 after:x. before:!.1".split()
)
def test_filters_that_do_not_work(text: str) -> None:
    with pytest.raises(errors.BadFilter, match="does not work"):
        browsing.parse(text)


def test_unknown_filters_and_what_is_known() -> None:
    with pytest.raises(errors.UnknownFilter, match="Filters are note:, min:, max:, by:, sort:"):
        browsing.parse("seed:42")
    with pytest.raises(errors.QueryTooLong):
        browsing.parse("x" * 61)


def test_what_holds_no_letter_or_digit_asks_for_nothing() -> None:
    assert browsing.parse("deep\x00\ud83d808 - ! ☺ +") == Query(("deep", "808"))
