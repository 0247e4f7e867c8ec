"""Commands as typed: a verb of the table, or a prompt."""

import pytest

from core import errors
from core.answers import commands
from core.answers.commands import TABLE, Command, Invocation


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
        ("presets", "presets mine", ""),
        ("Presets  Browse  deep", "presets browse", "deep"),
        ("presets delete hit house", "presets delete", "hit house"),
        ("browse note:F1", "presets browse", "note:F1"),
        ("save", "presets save", ""),
        ("account", "account status", ""),
        ("account link ABCD-EFGH", "account link", "ABCD-EFGH"),
        ("link up", "kick", "link up"),
        ("status", "kick", "status"),
        ("more deep 808", "kick", "more deep 808"),
    ],
)
def test_reads_a_verb_or_a_prompt(text: str, verb: commands.Verb, rest: str) -> None:
    assert commands.parse(text) == Invocation(verb, rest)


@pytest.mark.parametrize("command", TABLE)
def test_what_the_help_shows_is_what_can_be_typed(command: Command) -> None:
    for line in (command.line, str(Invocation(command.verb, command.usage))):
        assert commands.parse(f"/{line}") == Invocation(command.verb, command.usage)


@pytest.mark.parametrize("text", ["presets steal", "/account hit house"])
def test_a_group_has_its_verbs_and_no_others(text: str) -> None:
    with pytest.raises(errors.UnknownCommand):
        commands.parse(text)
