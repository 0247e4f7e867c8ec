"""Names of kicks fit where the web app keeps them."""

from random import Random

import pytest

from core import names


def test_names_fit_a_presets_kick_sample() -> None:
    assert max(len(name) for name in names.candidates(Random(1))) <= 32
    assert max(len(names.PREFIX + name + " 999") for name in names.GIVEN) <= 32


def test_plain_names_come_first_and_none_twice() -> None:
    candidates = names.candidates(Random(2))
    assert not any(notification.isdigit() for name in candidates[:64] for notification in name)
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
