"""A terminal that is closed, or left as it was."""

import asyncio
import os
import signal
import termios
from pathlib import Path

import pexpect
import pytest

from tests import ports
from tests.bots.console import chatting, terminals
from tests.bots.console.processes import server_of
from tests.bots.console.workers import finish, submitted
from tests.db.users import runs
from tests.fakes.modal_app import ModalApp


def hang_up(child: "pexpect.spawn[str]") -> None:
    """Close the terminal, as its window or a lost line does."""
    with Path(os.devnull).open() as nothing:
        os.dup2(nothing.fileno(), child.fileno())


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("command", ["chat", "demo"])
async def test_a_prompt_leaves_the_terminal_as_it_was(data: Path, command: str, number: signal.Signals) -> None:
    with terminals.terminal(data, command, PORT=str(ports.free_port())) as child:
        before = termios.tcgetattr(child.fileno())
        child.expect(terminals.PROMPT)  # the prompt is there: what is pasted is marked
        assert termios.tcgetattr(child.fileno()) != before
        server = server_of(data)
        child.kill(number)
        child.expect("\\?2004l")
        child.expect(pexpect.EOF)
        assert termios.tcgetattr(child.fileno()) == before
        assert await terminals.ended(child) == 128 + number
        assert not runs(server)


@pytest.mark.parametrize("command", ["chat", "demo"])
async def test_a_closed_terminal_at_the_prompt(data: Path, command: str) -> None:
    with terminals.terminal(data, command, PORT=str(ports.free_port())) as child:
        child.expect(terminals.PROMPT)
        server = server_of(data)
        hang_up(child)
        assert await terminals.ended(child) == 128 + signal.SIGHUP
        assert not runs(server)


@pytest.mark.parametrize("command", ["chat", "demo"])
async def test_a_terminal_closed_while_a_kick_is_made(
    data: Path, settings: dict[str, str], app: ModalApp, command: str
) -> None:
    with terminals.terminal(data, command, columns=120, **settings) as child:
        if command == "chat":
            await asyncio.to_thread(child.expect, terminals.PROMPT)
            child.sendline("/kick hit house")
        await submitted(data)
        server = server_of(data)
        hang_up(child)
        assert await terminals.ended(child) == 128 + signal.SIGHUP
        assert not runs(server)
    finish(app)
    async with chatting.chat(data, **settings) as chat, asyncio.timeout(40):
        assert (await chat.say(""))["kind"] == "kick"
