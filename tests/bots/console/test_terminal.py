"""The chat in a real terminal: completion, history, leaving, and `make demo` that stays open."""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pexpect

from tests.bots.console import chatting

ESCAPE = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]|\x1b[=>]")


@contextmanager
def terminal(data: Path, *words: str, **settings: str) -> Iterator["pexpect.spawn[str]"]:
    """`kickbot` in a terminal of 120 columns."""
    child = pexpect.spawn(
        sys.executable,
        ["-m", "bots", *words],
        env={**chatting.environment(data, **settings), "TERM": "xterm-256color", "PROMPT_TOOLKIT_NO_CPR": "1"},
        cwd=str(data),
        encoding="utf-8",
        dimensions=(40, 120),
        timeout=40,
    )
    try:
        yield child
    finally:
        child.close(force=True)


def shown(child: "pexpect.spawn[str]") -> str:
    """What was shown before the last match, without colours and movements."""
    return ESCAPE.sub("", child.before or "")


def test_demo_makes_a_kick_and_stays_open_for_more(data: Path) -> None:
    with terminal(data, "demo") as child:
        child.expect("files at http")
        child.expect(r"seed \d+, synth")
        card = shown(child)
        assert "AI: " in card
        assert re.search("[⠁-⣿]{20}", card), "the waveform is drawn"
        child.expect(r"\.wav")
        child.expect("exit")
        child.expect(">")
        child.sendline("/kick deep 808")
        child.expect(r"seed \d+, synth")
        child.sendline("exit")
        child.expect(pexpect.EOF)
        child.close()
        assert child.exitstatus == 0


def test_tab_completes_commands_and_words(data: Path) -> None:
    with terminal(data, "chat") as child:
        child.expect(">")
        # Only what changes is drawn, so "/kick" may come as "/kic" and "k"; the list of completions comes whole.
        child.send("/kic\t")
        child.expect("/kicks")
        child.send(" hardst\t")
        child.expect("yle")
        child.sendline(" seed:4")
        child.expect("hardstyle, for ada")
        child.expect("seed 4, synth")
        child.expect(r"\.wav")
        child.expect(">")
        child.send("\x1b[A")
        child.expect("hardstyle seed:4")
        child.sendline("")
        child.expect("hardstyle, for ada")
        child.expect(r"seed 4, synth")
        child.expect(r"\.wav")
        child.sendline("exit")
        child.expect(pexpect.EOF)
        child.close()
        assert child.exitstatus == 0


def test_ctrl_c_clears_a_line_and_ends_a_kick_but_not_the_chat(data: Path) -> None:
    with terminal(data, "chat") as child:
        child.expect(">")
        child.send("nonsense")
        child.sendintr()
        child.expect(">")
        child.sendline("/kick hit house count:4")
        child.expect("AI: ")
        child.sendintr()
        child.expect("(was cancelled|AI: )")
        child.sendline("help")
        child.expect("this list")
        child.sendline("/quit")
        child.expect(pexpect.EOF)
