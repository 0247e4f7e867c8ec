"""Commands as typed: a verb of the table, or a prompt."""

import pytest

from core import commands


@pytest.mark.parametrize(
    ("text", "verb", "rest"),
    [
        ("/kick hit house", "kick", "hit house"),
        ("kick", "kick", ""),
        ("hit house", "kick", "hit house"),
        ("/Kicks", "kicks", ""),
        ("delete AI: Burkhard", "delete", "AI: Burkhard"),
        ("help me", "help", "me"),
        ("", "kick", ""),
    ],
)
def test_reads_a_verb_or_a_prompt(text: str, verb: str, rest: str) -> None:
    assert commands.parse(text) == commands.Invocation(verb, rest)  # type: ignore[arg-type]
