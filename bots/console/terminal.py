"""The chat in a terminal: history, completion, one line after another."""

import asyncio
import signal
import sys
from pathlib import Path
from typing import TextIO

from prompt_toolkit import PromptSession
from prompt_toolkit.key_binding import KeyBindings
from prompt_toolkit.keys import Keys
from prompt_toolkit.patch_stdout import patch_stdout

from bots.cli import signals
from bots.console import own_commands, threads
from bots.console.completion import ConsoleCompleter
from bots.console.history import KeptHistory
from bots.console.surface import Console
from core import errors


async def chat(console: Console, history: Path) -> None:
    """Ask for lines and run them until the end of input; Ctrl-C stops the kick that is being made, and not the chat."""
    vocabulary = await console.services.engine.vocabulary()
    session: PromptSession[str] = PromptSession(
        history=KeptHistory(str(history)),
        completer=ConsoleCompleter(console, vocabulary or frozenset()),
        complete_while_typing=False,
        key_bindings=_without_mouse(),
    )
    running: list[asyncio.Future[bool]] = []

    def interrupt(_: int) -> None:
        for line in running:
            line.cancel()

    with signals.heard([signal.SIGINT], interrupt):
        while True:
            try:
                with patch_stdout(raw=True):
                    line = (await session.prompt_async("> ", handle_sigint=False)).strip()
            except KeyboardInterrupt:
                continue
            except EOFError:
                return
            if own_commands.leaves(line):
                return
            if line:
                await _interruptible(console, line, running)


async def lines(console: Console) -> bool:
    """Run the lines of standard input, which is no terminal; False where one of them did not work."""
    worked = True
    typed = _typed()
    while typed and (line := await threads.detached(typed.readline)) and not own_commands.leaves(line):
        if line.strip():
            worked &= await console.run(line)
    return worked


def _typed() -> TextIO | None:
    """Standard input as an object of its own: Python's must not be in a thread's hands when the program ends.

    What is not in its encoding is read as question marks. None where the program was started without any.
    """
    if sys.stdin is None:
        return None
    return open(sys.stdin.fileno(), encoding=sys.stdin.encoding, errors="replace", closefd=False)


async def _interruptible(console: Console, line: str, running: list[asyncio.Future[bool]]) -> None:
    """Run the line; it is in `running` while it may be cancelled, which ends it and not the chat."""
    doing = asyncio.ensure_future(console.run(line))
    running.append(doing)
    try:
        await asyncio.wait([doing])
    finally:
        running.remove(doing)
        if doing.cancel():
            await asyncio.wait([doing])
    if doing.cancelled():
        await console.cancel()
        console.screen.refusal("Cancelled", str(errors.Cancelled()))
    else:
        doing.result()


def _without_mouse() -> KeyBindings:
    """Keys that do nothing: many an escape sequence that is typed or pasted looks like a move of the mouse."""
    keys = KeyBindings()

    @keys.add(Keys.Vt100MouseEvent)
    def ignore(_: object) -> None:
        """It is not followed here."""

    return keys
