"""Ctrl-C at a prompt: what it ends, and what goes on."""

import asyncio
import signal
import time
from pathlib import Path

from tests.bots.console import terminals
from tests.bots.console.workers import submitted
from tests.fakes.modal_app import ModalApp


async def test_ctrl_c_stops_a_kick_for_good_and_the_chat_goes_on(
    data: Path, settings: dict[str, str], app: ModalApp
) -> None:
    with terminals.terminal(data, "chat", columns=120, **settings) as child:
        for count in (1, 2):
            await asyncio.to_thread(child.expect, terminals.PROMPT)
            child.sendline("/kick hit house")
            await submitted(data, count)
            child.sendintr()
            await asyncio.to_thread(child.expect, "was cancelled")
        child.kill(signal.SIGTERM)
        assert await terminals.ended(child) == 128 + signal.SIGTERM
    assert all(call.cancelled.is_set() for call in app.calls.values() if call.function == "generate")


def test_ctrl_c_at_any_time_ends_no_chat(data: Path) -> None:
    """Also between a kick and the next prompt, and between two prompts, where it is no key but a signal."""
    with terminals.terminal(data, "chat") as child:
        child.expect(terminals.PROMPT)
        for line in ("", "help", "/kick hit", "/kick hit", "/kick hit count:2"):
            child.sendline(line)
            for _ in range(40):
                child.sendintr()
                time.sleep(0.01)
        child.send("\x03\x03\x03")
        child.expect(terminals.PROMPT)
        child.sendline("account status")
        child.expect("in the library")
        assert terminals.left(child) == 0
