"""What a console shows, as text for people or as JSON for programs."""

import json
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.shortcuts import print_formatted_text
from prompt_toolkit.utils import get_cwidth

from bots import output
from bots.console import fields, layout, markup
from bots.console.whereabouts import Whereabouts
from core import errors
from core.answers import replies
from core.answers.cards import Card

NARROWEST = 20


class Screen(Protocol):
    """Shows what a console has to say. `lost` is why it shows nothing more, once it does not."""

    @property
    def lost(self) -> errors.OutputLost | None: ...

    def progress(self, text: str) -> None:
        """How far a kick is."""

    def card(self, card: Card, sketch: list[str], written: Path | None = None) -> None:
        """A finished kick, its waveform in lines of text, and the file that it was written to as was asked for."""

    def posted(self, shown: replies.Shown, sketch: list[str], written: Path | None = None) -> None:
        """A preset or a kick for all to see, in the same way."""

    def reply(self, reply: replies.Reply) -> None:
        """An answer to a command."""

    def refusal(self, kind: str, sentence: str) -> None:
        """Something did not work."""


@dataclass(slots=True)
class Printer:
    """Prints until standard output takes nothing more."""

    lost: errors.OutputLost | None = None

    def print(self, text: str) -> None:
        """Print it as it is."""
        try:
            output.write(text)
        except errors.OutputLost as error:
            self.lost = self.lost or error

    def print_styled(self, text: FormattedText) -> None:
        """Print it with its colours."""
        fitted = FormattedText([(style, output.fitted(part)) for style, part, *_ in text])
        try:
            with output.writing():
                print_formatted_text(fitted, end="")
        except errors.OutputLost as error:
            self.lost = self.lost or error


@dataclass(frozen=True, slots=True)
class TextScreen:
    """For people; `live` is True in a terminal, where a line of progress may be drawn over."""

    live: bool
    where: Whereabouts = field(default_factory=Whereabouts)
    printer: Printer = field(default_factory=Printer)

    @property
    def lost(self) -> errors.OutputLost | None:
        return self.printer.lost

    def progress(self, text: str) -> None:
        if self.live:
            self.printer.print(f"\r\x1b[2K  {_cut(text, width() - 3)}")

    def card(self, card: Card, sketch: list[str], written: Path | None = None) -> None:
        self._clear()
        self._print(layout.card(card, sketch, self.where, str(written) if written else None))

    def posted(self, shown: replies.Shown, sketch: list[str], written: Path | None = None) -> None:
        self.card(shown.entry.card, sketch, written)

    def reply(self, reply: replies.Reply) -> None:
        self._print(layout.reply(reply, self.where, width()))

    def refusal(self, kind: str, sentence: str) -> None:
        self._clear()
        self._print(FormattedText([("ansiyellow", f"  {markup.text(sentence)}\n")]))

    def _clear(self) -> None:
        if self.live:
            self.printer.print("\r\x1b[2K")

    def _print(self, text: FormattedText) -> None:
        if self.live:
            self.printer.print_styled(text)
        else:
            self.printer.print("".join(fragment[1] for fragment in text))


@dataclass(frozen=True, slots=True)
class JsonScreen:
    """For programs: one JSON object in a line for each reply; progress is left out."""

    where: Whereabouts = field(default_factory=Whereabouts)
    printer: Printer = field(default_factory=Printer)

    @property
    def lost(self) -> errors.OutputLost | None:
        return self.printer.lost

    def progress(self, text: str) -> None:
        """Nothing: a program waits for the reply."""

    def card(self, card: Card, sketch: list[str], written: Path | None = None) -> None:
        self._print({**fields.card(card, self.where), **_written(written)})

    def posted(self, shown: replies.Shown, sketch: list[str], written: Path | None = None) -> None:
        self._print({**fields.entry(shown.entry, self.where), **_written(written)})

    def reply(self, reply: replies.Reply) -> None:
        self._print(fields.reply(reply, self.where))

    def refusal(self, kind: str, sentence: str) -> None:
        self._print({"ok": False, "kind": kind, "text": sentence})

    def _print(self, told: fields.Fields) -> None:
        line = json.dumps(told, ensure_ascii=False)
        self.printer.print((line if output.encodable(line) else json.dumps(told)) + "\n")


def width() -> int:
    """The columns of the terminal, as many as are usual where there is none."""
    return max(NARROWEST, shutil.get_terminal_size().columns)


def _cut(text: str, columns: int) -> str:
    """As much of the text as fits: what breaks into a second line cannot be drawn over."""
    while get_cwidth(text) > columns:
        text = text[:-1]
    return text


def _written(written: Path | None) -> fields.Fields:
    return {"written": str(written)} if written else {}
