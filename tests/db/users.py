"""Processes that use an embedded database, started and killed by tests."""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE, Process
from dataclasses import dataclass
from pathlib import Path

from db.postgres import embedded


@dataclass(frozen=True)
class User:
    """A process that uses the server, and what it told."""

    process: Process
    socket: Path
    server: int
    marks: int

    async def mark(self) -> "User":
        """The same once it has left another mark."""
        assert self.process.stdin is not None
        self.process.stdin.write(b"mark\n")
        return await told(self.process)

    async def leave(self) -> None:
        await self.process.communicate(b"\n")
        assert self.process.returncode == 0

    async def kill(self) -> None:
        self.process.kill()
        await self.process.communicate()


class Users:
    """Starts processes that use the server of `folder`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._processes: list[Process] = []

    async def start(self, **environment: str) -> User:
        command = (sys.executable, "-m", "tests.db.embedded_user", str(self._folder))
        variables = {**os.environ, **environment}
        process = await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE, env=variables)
        self._processes.append(process)
        return await told(process)

    async def end(self) -> None:
        """Kill those that a failed test left, and stop their server."""
        left = [process for process in self._processes if process.returncode is None]
        for process in left:
            process.kill()
            await process.communicate()
        if left:
            await in_and_out(self._folder)


async def told(process: Process) -> User:
    """What the process tells next."""
    assert process.stdout is not None
    socket, server, marks = (await process.stdout.readline()).decode().split()
    return User(process, Path(socket), int(server), int(marks))


async def in_and_out(folder: Path) -> None:
    async with embedded.embedded(folder):
        pass


def runs(server: int) -> bool:
    """Whether the process runs; one that ended but was not waited for (a zombie) does not."""
    try:
        return "Z" not in Path(f"/proc/{server}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
