"""What Tab completes, as it is typed in terminals of several widths."""

import re
from pathlib import Path

import pexpect
import pytest

from tests.bots.console import chatting, terminals


async def preset(data: Path) -> str:
    """One kick that is saved as "808 one"; its given name."""
    ended = await chatting.kickbot(data, "chat", "--json", "-c", "kick hit", "-c", "save as 808 one")
    return str(ended.replies[0]["name"]).removeprefix("AI: ")


def completed(child: "pexpect.spawn[str]", typed: str, added: str, rest: str, answer: str) -> None:
    """Type something and Tab, which adds what is said, and then the rest, which is answered as a whole line."""
    child.expect(terminals.PROMPT)
    child.send(f"{typed}\t")
    child.expect(re.escape(added))
    child.sendline(rest)
    child.expect(answer)


@pytest.mark.parametrize("columns", [40, 80, 200])
async def test_names_of_ones_own(data: Path, columns: int) -> None:
    given = await preset(data)
    start, whole = given[:2].lower(), f"AI: {given}"
    with terminals.terminal(data, "chat", columns=columns) as child:
        completed(child, "share 80", "8 one", "", '"808 one" is shared here now')
        completed(child, "show 80", "8 one", "", r"seed \d+, synth")
        completed(child, f"/show {start}", whole, "", r"seed \d+, synth")
        completed(child, f"save {start}", whole, "", "That is your preset")
        completed(child, f"/save-file {start}", whole, "", "Written to")
        completed(child, "unshare 80", "8 one", "", "808 one")
        completed(child, "rename 80", "8 one", ", 909", '"808 one" is called "909" now')
        completed(child, f"delete {start}", whole, "", 'Your preset "909" would go')
        completed(child, "presets delete 90", "9", "", 'Your preset "909" is deleted')
        child.expect(terminals.PROMPT)
        assert terminals.left(child) == 0


@pytest.mark.parametrize("columns", [40, 200])
def test_commands_words_and_filters(data: Path, columns: int) -> None:
    with terminals.terminal(data, "chat", columns=columns) as child:
        completed(child, "acc", "ount", " status", "in the")
        completed(child, "/account sta", "tus", "", "in the")
        completed(child, "hardst", "yle", "", "hardstyle, for ada")
        completed(child, "tight hardst", "yle", " seed:4", "seed 4")
        completed(child, "kick hardst", "yle", "", "hardstyle, for ada")
        completed(child, "browse no", "te:", "x", "F, F# or F#1")
        completed(child, "browse note:g#", "G#", "", "Nothing that is shared here fits")
        completed(child, "browse sort:sa", "ves", "", "Nothing that is shared here fits")
        completed(child, "presets mi", "ne", "", "You have no presets yet")
        completed(child, "/save-f", "ile", "", "Written to")
        completed(child, "settings li", "mit", "7", "7 a day, all together")
        child.expect(terminals.PROMPT)
        child.send("exi\t")
        child.expect("t")
        child.sendline("")
        child.expect(pexpect.EOF)
