"""The chat in a terminal: history, completion, one line after another."""

import asyncio
import signal
import sys
from collections.abc import Iterable
from pathlib import Path

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.history import FileHistory
from prompt_toolkit.patch_stdout import patch_stdout

from bots.console.surface import Console
from core import commands, errors, prompts

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
    vocabulary = await console.desk.studio.engine.vocabulary()
    session: PromptSession[str] = PromptSession(
        history=FileHistory(str(history)),
        completer=WordCompleter(vocabulary or frozenset()),
        complete_while_typing=False,
    )
    while True:
        try:
            with patch_stdout(raw=True):
                line = (await session.prompt_async("> ")).strip()
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
    while line := await asyncio.to_thread(sys.stdin.readline):
        if line.strip():
            worked &= await console.run(line)
    return worked


async def _interruptible(console: Console, line: str) -> None:
    """Run the line; Ctrl-C ends it and not the chat."""
    running = asyncio.ensure_future(console.run(line))
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGINT, running.cancel)
    try:
        await asyncio.wait([running])
    finally:
        loop.remove_signal_handler(signal.SIGINT)
        running.cancel()
    if running.cancelled():
        console.screen.refusal("Cancelled", str(errors.Cancelled()))
