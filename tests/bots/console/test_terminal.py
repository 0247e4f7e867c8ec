"""The chat in a real terminal: completion, history, leaving, and `make demo` that stays open."""

import io
import re
from pathlib import Path

import pexpect
import pytest

from tests.bots.console import terminals
from tests.bots.console.terminals import shown, terminal


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


@pytest.mark.parametrize("columns", [40, 80, 200])
def test_what_is_shown_fits(data: Path, columns: int) -> None:
    with terminal(data, "chat", columns=columns) as child:
        for line, end in (("help", "leave"), ("words", "zap"), ("/kick hit house", r"Hz")):
            child.expect(terminals.PROMPT)
            child.sendline(line)
            child.expect(end)
            drawn = [part for part in re.split(r"[\r\n]+", shown(child)) if "peak" not in part]
            assert max(map(len, drawn)) <= columns, line
        assert re.search("[⠁-⣿]{20}", shown(child)), "the waveform is drawn"
        child.expect(terminals.PROMPT)
        assert terminals.left(child) == 0


def test_what_is_typed_is_never_obeyed_and_ends_nothing(data: Path) -> None:
    """Sequences that look like keys, moves of the mouse, or answers of a terminal."""
    sequences = (
        "\x1b[31m",
        "\x1b[<0;1;1M",
        "\x1b[M   ",
        "\x1b[1;2R",
        "\x1b]0;x\x07",
        "\x1b[200~\x1b[31m\x1b[201~",
        "\x16\x1b",
    )
    with terminal(data, "chat") as child:
        for sequence in sequences:
            child.expect(terminals.PROMPT)
            child.send(f"{sequence}\x15help\r")
            child.expect("leave")
            assert "xception" not in shown(child)
            assert "ENTER" not in shown(child)
        child.expect(terminals.PROMPT)
        assert terminals.left(child) == 0


@pytest.mark.parametrize("kind", ["folder", "dangling"])
def test_a_history_that_cannot_be_kept_is_told_once(data: Path, kind: str) -> None:
    history = data / "history"
    if kind == "folder":
        history.mkdir()
    else:
        history.symlink_to(data / "nowhere" / "history")
    seen = io.StringIO()
    with terminal(data, "chat") as child:
        child.logfile_read = seen
        for line in (*["account status"] * 3, "\x1b[A"):
            child.expect(terminals.PROMPT)
            child.sendline(line)
            child.expect("in the library")
        child.expect(terminals.PROMPT)
        assert terminals.left(child) == 0
    assert seen.getvalue().count("is not kept for next time") == 1
    assert "xception" not in seen.getvalue()
