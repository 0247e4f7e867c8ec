"""Sentences that count and name commands."""

import pytest

from core.sentence import Sentence


def test_as_plain_text_it_names_commands_in_quotes() -> None:
    told = Sentence('"{name}" is shared: {/browse} finds it, {usage:/} too.', name="Boom", usage="show NAME")
    assert told == '"Boom" is shared: "browse" finds it, "show NAME" too.'


def test_a_platform_writes_commands_and_what_stands_between_them() -> None:
    told = Sentence("{who} said {/mine} and {usage:/}.", who="<ada>", usage="save <x>")
    written = told.written(lambda text: text.replace("<", "["), lambda line: f"!{line}!")
    assert written == "[ada> said !mine! and !save <x>!."


@pytest.mark.parametrize(("number", "said"), [(0, "0 kicks"), (1, "1 kick"), (2, "2 kicks")])
def test_it_counts(number: int, said: str) -> None:
    assert Sentence("There is {number:kick}.", number=number) == f"There is {said}."


def test_names_of_people_are_no_templates() -> None:
    told = Sentence('"{name}" is yours.', name="{/account forget}")
    assert told.written(str, lambda line: f"!{line}!") == '"{/account forget}" is yours.'
