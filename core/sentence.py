"""Sentences that count and that name commands, which each platform writes as they are typed there."""

from collections.abc import Callable
from string import Formatter
from typing import Any, Self

from core.text import counted

Write = Callable[[str], str]


class Sentence(str):
    """A sentence filled in. As plain text it names commands in quotes: "presets share".

    In the template `{/mine}` is a command with what stands behind it and `{usage:/}` one that `facts` tell.
    `{number:kick}` counts: "1 kick", "2 kicks". Other braces are filled as `str.format` does.
    """

    __slots__ = ("_facts", "_template")

    _template: str
    _facts: dict[str, object]

    def __new__(cls, template: str, /, **facts: object) -> Self:
        """Fill the braces of the template with `facts`."""
        self = super().__new__(cls, "".join(_parts(template, facts, str, '"{}"'.format)))
        self._template, self._facts = template, facts
        return self

    def written(self, text: Write, command: Write) -> str:
        """The sentence with its commands written by `command`, and what stands between them by `text`."""
        return "".join(_parts(self._template, self._facts, text, command))


def _parts(template: str, facts: dict[str, object], text: Write, command: Write) -> list[str]:
    parts, between = [], ""
    for literal, name, spec, conversion in Formatter().parse(template):
        between += literal
        if name is None:
            continue
        if name.startswith("/"):
            parts += [text(between), command(name[1:])]
            between = ""
        elif spec == "/":
            parts += [text(between), command(str(facts[name]))]
            between = ""
        else:
            between += _filled(facts, name, spec or "", conversion)
    return [*parts, text(between)]


def _filled(facts: dict[str, Any], name: str, spec: str, conversion: str | None) -> str:
    value = facts[name]
    if isinstance(value, int) and spec:
        return counted(value, spec)
    return str(Formatter().convert_field(format(value, spec), conversion or "s"))
