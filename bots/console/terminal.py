"""The chat in a terminal: history, completion, one line after another."""

import asyncio
import signal
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TextIO

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.history import FileHistory
from prompt_toolkit.patch_stdout import patch_stdout

from bots.cli import signals
from bots.console import threads
from bots.console.surface import Console
from core import errors
from core.answers import commands
from core.making import prompts

LEAVING = ("exit", "quit", "/exit", "/quit")


class WordCompleter(Completer):
    """Completes a command at the line's start, and keywords and options behind it."""

    def __init__(self, vocabulary: frozenset[str]) -> None:
        self._verbs = sorted(f"/{command.verb}" for command in commands.TABLE)
        self._words = sorted(vocabulary) + [f"{option}:" for option in prompts.OPTIONS]

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
        """What the word before the cursor may become."""
        before = document.text_before_cursor
        word = before.rpartition(" ")[2].lower()
        for choice in self._words if " " in before else self._verbs:
            if word and choice.startswith(word):
                yield Completion(choice, start_position=-len(word))


async def chat(console: Console, history: Path) -> None:
    """Ask for lines and run them until the end of input; Ctrl-C stops the kick that is being made."""
    vocabulary = await console.services.engine.vocabulary()
    session: PromptSession[str] = PromptSession(
        history=FileHistory(str(history)),
        completer=WordCompleter(vocabulary or frozenset()),
        complete_while_typing=False,
    )
    while True:
        try:
            with patch_stdout(raw=True):
                # Ctrl-C is a key there; a signal is meant for the program.
                line = (await session.prompt_async("> ", handle_sigint=False)).strip()
        except KeyboardInterrupt:
            continue
        except EOFError:
            return
        if line.lower() in LEAVING:
            return
        if line:
            await _interruptible(console, line)


async def lines(console: Console) -> bool:
    """Run the lines of standard input, which is no terminal; False where one of them did not work."""
    worked = True
    typed = _typed()
    while line := await threads.detached(typed.readline):
        if line.strip():
            worked &= await console.run(line)
    return worked


def _typed() -> TextIO:
    """Standard input as an object of its own: Python's must not be in a thread's hands when the program ends."""
    return open(sys.stdin.fileno(), encoding=sys.stdin.encoding, errors=sys.stdin.errors, closefd=False)


async def _interruptible(console: Console, line: str) -> None:
    """Run the line; Ctrl-C ends it and not the chat."""
    running = asyncio.ensure_future(console.run(line))
    try:
        with signals.heard([signal.SIGINT], lambda _: running.cancel()):
            await asyncio.wait([running])
    finally:
        if running.cancel():
            await asyncio.wait([running])
    if running.cancelled():
        await console.cancel()
        console.screen.refusal("Cancelled", str(errors.Cancelled()))
