"""The processes of the storm: started, killed, stopped for a while, and started again."""

import asyncio
import os
import signal
import socket
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess as Process

from tests.chaos import life
from tests.chaos.life import Life
from tests.children import CHILDREN

PATIENCE = 60.0
"""Seconds that a process may take to serve, or to end, on a machine that does much else."""


@dataclass
class Seat:
    """A process's place: whoever is killed there is followed by another one. `kills` counts them."""

    life: Life
    kills: int = 0
    process: Process | None = field(default=None, repr=False)
    reader: asyncio.StreamReader = field(default_factory=asyncio.StreamReader, repr=False)
    writer: asyncio.StreamWriter | None = field(default=None, repr=False)

    async def start(self) -> None:
        """Start a process there; it serves when this ends."""
        await self._start()
        async with asyncio.timeout(PATIENCE):
            assert await self.reader.readline() == life.READY, f"{self.life.surface} did not start"

    async def kill(self) -> None:
        """Kill it, in the midst of its start or of its work, and start another one."""
        self.kills += 1
        assert self.process is not None
        assert self.process.is_alive(), f"the {self.life.surface} process ended by itself"
        assert self.writer is not None
        self.process.kill()
        self.writer.close()
        await asyncio.to_thread(self.process.join)
        await self._start()

    async def freeze(self, seconds: float) -> None:
        """Let it stand still, as a machine asleep does, and go on; it may be killed meanwhile."""
        process = self.process
        try:
            _signal(process, signal.SIGSTOP)
            await asyncio.sleep(seconds)
        finally:
            _signal(process, signal.SIGCONT)

    async def close(self) -> None:
        """End it in order."""
        assert self.process is not None
        assert self.writer is not None
        self.writer.write_eof()
        await asyncio.to_thread(self.process.join, PATIENCE)
        self.writer.close()
        assert self.process.exitcode == 0, f"the {self.life.surface} process ended with {self.process.exitcode}"

    def abandon(self) -> None:
        """Leave no process behind."""
        if self.process is not None:
            self.process.kill()

    async def _start(self) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            process = CHILDREN.Process(target=life.live, args=(self.life, theirs))
            await asyncio.to_thread(process.start)
        self.process = process
        self.reader, self.writer = await asyncio.open_connection(sock=ours)


def _signal(process: Process | None, number: signal.Signals) -> None:
    if process is not None and process.pid is not None and process.is_alive():
        with suppress(ProcessLookupError):
            os.kill(process.pid, number)
