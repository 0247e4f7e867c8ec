"""What a console shows, as text for people or as JSON for programs."""

import json
import sys
from dataclasses import dataclass
from typing import Protocol

from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.shortcuts import print_formatted_text

from bots.console import fields, layout, markup
from core.answers import replies
from core.answers.cards import Card


class Screen(Protocol):
    """Shows what a console has to say."""

    def progress(self, text: str) -> None:
        """How far a kick is."""

    def card(self, card: Card, sketch: list[str]) -> None:
        """A finished kick, and its waveform in lines of text."""

    def posted(self, shown: replies.Shown, sketch: list[str]) -> None:
        """A preset for all to see, and its waveform in lines of text."""

    def reply(self, reply: replies.Reply) -> None:
        """An answer to a command."""

    def refusal(self, kind: str, sentence: str) -> None:
        """Something did not work."""


@dataclass(frozen=True, slots=True)
class TextScreen:
    """For people; `live` is True in a terminal, where a line of progress may be drawn over."""

    live: bool

    def progress(self, text: str) -> None:
        if self.live:
            sys.stdout.write(f"\r\x1b[2K  {text}")
            sys.stdout.flush()

    def card(self, card: Card, sketch: list[str]) -> None:
        self._clear()
        self._print(layout.card(card, sketch))

    def posted(self, shown: replies.Shown, sketch: list[str]) -> None:
        self._print(layout.card(shown.entry.card, sketch))

    def reply(self, reply: replies.Reply) -> None:
        self._print(layout.reply(reply))

    def refusal(self, kind: str, sentence: str) -> None:
        self._clear()
        self._print(FormattedText([("ansiyellow", f"  {markup.text(sentence)}\n")]))

    def _clear(self) -> None:
        if self.live:
            sys.stdout.write("\r\x1b[2K")
            sys.stdout.flush()

    def _print(self, text: FormattedText) -> None:
        if self.live:
            print_formatted_text(text, end="")
        else:
            sys.stdout.write("".join(fragment[1] for fragment in text))
            sys.stdout.flush()


class JsonScreen:
    """For programs: one JSON object in a line for each reply; progress is left out."""

    def progress(self, text: str) -> None:
        """Nothing: a program waits for the reply."""

    def card(self, card: Card, sketch: list[str]) -> None:
        self._print(fields.card(card))

    def posted(self, shown: replies.Shown, sketch: list[str]) -> None:
        self._print(fields.entry(shown.entry))

    def reply(self, reply: replies.Reply) -> None:
        self._print(fields.reply(reply))

    def refusal(self, kind: str, sentence: str) -> None:
        self._print({"ok": False, "kind": kind, "text": sentence})

    def _print(self, told: fields.Fields) -> None:
        sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
        sys.stdout.flush()
