"""Names of kicks fit where the web app keeps them."""

from random import Random

from core import names


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
