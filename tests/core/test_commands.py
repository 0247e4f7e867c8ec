"""Commands as typed: a verb of the table, or a prompt."""

import ast
import re

import pytest

from core import errors
from core.answers import commands
from core.answers.commands import TABLE, Command, Invocation
from tests import test_dependencies as project

IN_A_SENTENCE = re.compile(r"\{/([^}]+)\}")
OF_ANOTHER_PLATFORM = re.compile(r'"((?:account|presets) [a-z]+)"')


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


def test_sentences_name_commands_as_the_table_has_them() -> None:
    named = [
        line for package in ("core", "bots") for file in project.sources(package) for line in quoted(project.text(file))
    ]
    assert len(named) > 10
    for line in named:
        invocation = commands.parse(line)
        assert line.startswith(commands.named(invocation.verb).typed), line
        assert words(invocation.rest) <= words(commands.named(invocation.verb).usage), line


def test_sentences_about_another_platform_name_commands_that_are_there() -> None:
    named = [line for file in project.sources("core") for line in OF_ANOTHER_PLATFORM.findall(project.text(file))]
    assert "account link" in named
    for line in named:
        assert commands.parse(line).verb == line


def test_a_line_is_read_back_as_its_command() -> None:
    assert commands.line("presets share") == "share NAME"
    assert commands.line("presets delete") == "presets delete NAME"


def quoted(code: str) -> list[str]:
    """The commands that sentences of the code name."""
    found = (node.value for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Constant))
    return [line for value in found if isinstance(value, str) for line in IN_A_SENTENCE.findall(value)]


def words(usage: str) -> set[str]:
    """What may stand behind a command, word by word."""
    return set(re.findall(r"\w+", usage))


@pytest.mark.parametrize(
    ("text", "command", "near"),
    [
        ("/foo", "/foo", None),
        ("/", "/", None),
        ("/ kick", "/", None),
        ("/kik hit house", "/kik", "/kick"),
        ("/HLEP", "/hlep", "/help"),
        ("/acount", "/acount", "/account"),
        ("/exti", "/exti", "/exit"),
        ("/house", "/house", None),
        ("presets brows deep", "presets brows", "presets browse"),
        ("account frget", "account frget", "account forget"),
        ("account xyzzy", "account xyzzy", None),
    ],
)
def test_what_is_no_command_is_told_with_the_nearest(text: str, command: str, near: str | None) -> None:
    with pytest.raises(errors.UnknownCommand) as unknown:
        commands.parse_slashed(text, ["exit"])
    assert unknown.value.facts["command"] == command
    assert unknown.value.facts.get("near") == near
    assert str(unknown.value).endswith('"help" lists them all.')


@pytest.mark.parametrize("text", ["/kick", "/KICK hit", "kick", "hit house", "", "  ", "808/909", "/kicks 2"])
def test_what_is_a_command_or_has_no_slash_is_read_as_ever(text: str) -> None:
    assert commands.parse_slashed(text, ["exit"]) == commands.parse(text)
