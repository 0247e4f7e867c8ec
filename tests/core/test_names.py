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
