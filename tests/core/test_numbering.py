"""Names that are taken get a number and stay within their length."""

from hypothesis import given
from hypothesis import strategies as st

from core.numbering import numbered


def test_takes_the_first_number_that_is_free() -> None:
    assert numbered("hit house", {"hit house"}) == "hit house 2"
    assert numbered("hit house", {"hit house", "hit house 2", "hit house 3"}) == "hit house 4"


def test_capitals_do_not_make_a_name_free() -> None:
    assert numbered("Hit House", {"hit house", "hit house 2"}) == "Hit House 3"


def test_a_long_name_is_cut_before_its_number() -> None:
    assert numbered("x" * 32, set()) == "x" * 30 + " 2"
    assert numbered("a long name that ends in a word", set()) == "a long name that ends in a wor 2"
    assert numbered("a name that ends in a space at i", set()) == "a name that ends in a space at 2"


@given(st.text("ab ", min_size=1, max_size=40).filter(str.strip), st.integers(0, 30))
def test_is_never_taken_and_never_too_long(name: str, times: int) -> None:
    taken = {name.lower()}
    for _ in range(times):
        taken.add(numbered(name, taken).lower())
    assert len(taken) == times + 1
    assert all(len(one) <= 32 for one in taken.difference([name.lower()]))
