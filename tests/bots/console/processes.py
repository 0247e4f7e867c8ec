"""`kickbot` as a process that signals end."""

import asyncio
import signal
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable
from pathlib import Path

from tests.bots.console import chatting

ENDINGS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


async def start(data: Path, *words: str, **settings: str) -> Process:
    return await asyncio.create_subprocess_exec(
        *chatting.PROGRAM,
        *words,
        env=chatting.environment(data, **settings),
        cwd=data,
        stdin=PIPE,
        stdout=PIPE,
        stderr=PIPE,
    )


async def end(process: Process, number: signal.Signals) -> tuple[int, str]:
    """How it ended on that signal, and what it had to say of it. Its standard input stays open."""
    process.send_signal(number)
    assert process.stderr is not None
    async with asyncio.timeout(40):
        said = await process.stderr.read()
        return await process.wait(), said.decode()


async def until(there: Callable[[], object]) -> None:
    """Wait until it is so."""
    async with asyncio.timeout(60):
        while not there():  # noqa: ASYNC110  # another process makes it so
            await asyncio.sleep(0.02)


def server_of(data: Path) -> int:
    """The process of the embedded PostgreSQL of `data`."""
    return int((data / "postgres" / "server" / "data" / "postmaster.pid").read_text().split()[0])
