"""Agreeing to just what was asked."""

from hypothesis import given
from hypothesis import strategies as st

from core.answers import confirmation

NUMBERS = st.sets(st.integers(1, 10**6), min_size=1, max_size=5)


@given(st.text(), NUMBERS)
def test_it_is_read_from_behind_what_it_is_about(text: str, numbers: set[int]) -> None:
    agreed = confirmation.fitting(numbers)
    assert confirmation.read(f"{text} {confirmation.MARK}{agreed}") == (text.rstrip(), agreed)


@given(NUMBERS, NUMBERS)
def test_it_fits_one_set_of_things(some: set[int], others: set[int]) -> None:
    assert (confirmation.fitting(some) == confirmation.fitting(sorted(others, reverse=True))) == (some == others)


def test_without_it_all_is_what_was_typed() -> None:
    assert confirmation.read("hit sure thing") == ("hit sure thing", None)
