"""Who reaches the HTTP server of each command: this machine alone, or others too."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pexpect
import pytest

from tests import ports
from tests.bots.console import chatting, terminals


@pytest.fixture
def outside() -> str:
    """An address of this machine under which others reach it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        try:
            asking.connect(("203.0.113.1", 9))  # sends nothing: it only finds the way
        except OSError:
            pytest.skip("this machine has no address but loopback")
        return str(asking.getsockname()[0])


def reached(address: str, port: int) -> bool:
    try:
        socket.create_connection((address, port), timeout=5).close()
    except OSError:
        return False
    return True


async def test_chat_is_reached_from_this_machine_only(data: Path, outside: str) -> None:
    port = ports.free_port()
    async with chatting.chat(data, PORT=str(port)) as chat:
        await chat.say("help")
        assert reached("127.0.0.1", port)
        assert not reached(outside, port)


def test_demo_is_reached_from_this_machine_only(data: Path, outside: str) -> None:
    with terminals.terminal(data, "demo", PORT=str(ports.free_port())) as child:
        child.expect("files at http://localhost:")
        child.expect(r"\s")
        port = int(terminals.shown(child))
        assert reached("127.0.0.1", port)
        assert not reached(outside, port)
        child.expect("exit")
        child.sendline("exit")
        child.expect(pexpect.EOF)


async def test_chat_listens_where_it_is_told_to(data: Path, outside: str) -> None:
    port = ports.free_port()
    async with chatting.chat(data, PORT=str(port), HOST="0.0.0.0") as chat:
        await chat.say("help")
        assert reached(outside, port)


@asynccontextmanager
async def running(data: Path, **settings: str) -> AsyncIterator[None]:
    """`kickbot run` while it serves."""
    process = await asyncio.create_subprocess_exec(
        *chatting.PROGRAM, "run", env=chatting.environment(data, **settings), cwd=data, stderr=asyncio.subprocess.PIPE
    )
    assert process.stderr is not None
    while b"Kickbot serves" not in (line := await process.stderr.readline()):
        assert line, "it ended"
    yield
    process.terminate()
    await process.communicate()


async def test_run_is_reached_by_others(data: Path, outside: str) -> None:
    port = ports.free_port()
    async with running(data, PORT=str(port)):
        assert reached(outside, port)
    async with running(data, PORT=str(port), HOST="127.0.0.1"):
        assert reached("127.0.0.1", port)
        assert not reached(outside, port)
