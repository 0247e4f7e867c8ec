"""`kickbot` as its users start it: a process of its own, on a data folder of its own."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PROGRAM = (sys.executable, "-m", "bots")


def environment(data: Path, **settings: str) -> dict[str, str]:
    """An environment without any setting of this machine; data in the folder `data`."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    ours = {"KICKBOT_DATA": str(data), "KICKBOT_ENV_FILE": os.devnull}
    return {**kept, **ours, "PYTHONPATH": str(Path.cwd()), "USER": "ada", **settings}


@dataclass
class Finished:
    """How a process ended."""

    status: int
    out: str
    err: str

    @property
    def replies(self) -> list[dict[str, Any]]:
        """The JSON objects of its output."""
        return [json.loads(line) for line in self.out.splitlines()]


async def kickbot(
    data: Path, *words: str, typed: str = "", program: Sequence[str] = PROGRAM, **settings: str
) -> Finished:
    """Run `kickbot` to its end."""
    process = await asyncio.create_subprocess_exec(
        *program,
        *words,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env=environment(data, **settings),
        cwd=data,
    )
    out, err = await process.communicate(typed.encode())
    assert process.returncode is not None
    return Finished(process.returncode, out.decode(), err.decode())


@dataclass
class Chat:
    """A `kickbot chat --json` that stays open."""

    process: asyncio.subprocess.Process

    async def say(self, line: str) -> dict[str, Any]:
        """Type a line; the reply."""
        assert self.process.stdin is not None
        self.process.stdin.write(line.encode() + b"\n")
        return await self.hear()

    async def hear(self) -> dict[str, Any]:
        """The next reply."""
        assert self.process.stdout is not None
        return dict(json.loads(await self.process.stdout.readline()))


@asynccontextmanager
async def chat(data: Path, *words: str, **settings: str) -> AsyncIterator[Chat]:
    """A chat that stays open; its program has ended well when this ends."""
    process = await asyncio.create_subprocess_exec(
        *PROGRAM,
        "chat",
        "--json",
        *words,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        env=environment(data, **settings),
        cwd=data,
    )
    yield Chat(process)
    assert process.stdin is not None
    process.stdin.close()
    await process.wait()


@asynccontextmanager
async def serving(
    data: Path, port: int, *, program: Sequence[str] = PROGRAM, **settings: str
) -> AsyncIterator[asyncio.subprocess.Process]:
    """A `kickbot run` that serves; it ends well when this ends."""
    process = await asyncio.create_subprocess_exec(
        *program,
        "run",
        env=environment(data, PORT=str(port), KICK_ENGINE="synth", **settings),
        cwd=data,
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stderr is not None
    lines = b""
    async with asyncio.timeout(30):
        while b"serves" not in (line := await process.stderr.readline()):
            assert line, lines.decode()
            lines += line
    reading = asyncio.create_task(process.stderr.read())
    yield process
    with suppress(ProcessLookupError):
        process.terminate()
    assert await process.wait() == 0, (await reading).decode()
    await reading
