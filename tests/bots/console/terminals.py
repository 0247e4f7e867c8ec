"""`kickbot` in a real terminal, of any size and encoding."""

import asyncio
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pexpect

from tests.bots.console import chatting

ESCAPE = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]|\x1b[=>]")
PROMPT = "\\?2004h"
"""The prompt is there: what is pasted is marked from now on."""


@contextmanager
def terminal(
    data: Path, *words: str, columns: int = 120, encoding: str = "utf-8", **settings: str
) -> Iterator["pexpect.spawn[str]"]:
    """`kickbot` in a terminal of so many columns, in which text is of that encoding."""
    environment = chatting.environment(data, **settings)
    if encoding != "utf-8":
        # As where the system's locale is of it: this Python would make UTF-8 of C otherwise.
        environment |= {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "LC_ALL": "C"}
    child = pexpect.spawn(
        sys.executable,
        ["-m", "bots", *words],
        env={**environment, "TERM": "xterm-256color", "PROMPT_TOOLKIT_NO_CPR": "1"},
        cwd=str(data),
        encoding=encoding,
        dimensions=(40, columns),
        timeout=40,
    )
    try:
        yield child
    finally:
        child.close(force=True)


def shown(child: "pexpect.spawn[str]") -> str:
    """What was shown before the last match, without colours and movements."""
    return ESCAPE.sub("", child.before or "")


def left(child: "pexpect.spawn[str]") -> int | None:
    """Leave the chat; its exit status."""
    child.sendline("exit")
    child.expect(pexpect.EOF)
    child.close()
    return child.exitstatus


async def ended(child: "pexpect.spawn[str]") -> int | None:
    """The exit status of a process in a terminal that may be closed."""
    async with asyncio.timeout(40):
        return await asyncio.to_thread(child.wait)
