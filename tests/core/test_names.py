"""Names of kicks fit where the web app keeps them; those that are taken get a number and stay within their length."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import names
from core.names import numbered


def test_names_fit_a_presets_kick_sample() -> None:
    assert max(len(name) for name in names.candidates(Random(1))) <= 32
    assert max(len(names.PREFIX + name + " 999") for name in names.GIVEN) <= 32


def test_plain_names_come_first_and_none_twice() -> None:
    candidates = names.candidates(Random(2))
    assert not any(letter.isdigit() for name in candidates[:64] for letter in name)
    assert len(set(candidates)) == len(candidates)
    assert len(set(names.GIVEN)) == len(names.GIVEN)


def test_an_account_that_has_used_every_short_number_gets_a_longer_one() -> None:
    short = {f"AI: {name} {number}" for name in names.GIVEN for number in range(2, 1000)}
    short.update(f"AI: {name}" for name in names.GIVEN)
    for seed in range(20):
        left = [name for name in names.candidates(Random(seed)) if name not in short]
        assert len(left) >= 32
        assert max(len(name) for name in left) <= 32


@pytest.mark.parametrize(("part", "low", "high"), [(0, 2, 1_999), (1, 1_000, 999_999), (2, 10**6, 10**9 - 1)])
def test_an_account_that_has_used_up_the_plain_names_gets_numbers_that_grow(part: int, low: int, high: int) -> None:
    numbers: set[int] = set()
    for seed in range(200):
        candidates = names.candidates(Random(seed))
        assert {names.given(name) for name in candidates[:64]} <= set(names.GIVEN)
        assert len(candidates) == 64 + 3 * 32
        parts = [names.given(name).rpartition(" ") for name in candidates[64 + 32 * part :][:32]]
        assert {name for name, _, _ in parts} <= set(names.GIVEN)
        numbers |= {int(number) for _, _, number in parts}
    assert low <= min(numbers) < low + high // 500
    assert high - high // 500 < max(numbers) <= high


def test_the_given_name_is_what_stands_behind_the_prefix() -> None:
    assert names.given("AI: Burkhard 2") == "Burkhard 2"
    assert names.given("Burkhard") == "Burkhard"


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
