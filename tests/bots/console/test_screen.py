"""What a console writes: over one line in a terminal, line by line anywhere else, and JSON for programs."""

import json

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.output import DummyOutput
from prompt_toolkit.utils import get_cwidth

from bots.console.screen import JsonScreen, TextScreen
from core.answers import replies
from tests.fakes.cards import card, entry

CLEARED = "\r\x1b[2K"


def test_progress_is_drawn_over_in_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    screen = TextScreen(live=True)
    screen.progress("1 s")
    screen.progress("2 s")
    assert capsys.readouterr().out == f"{CLEARED}  1 s{CLEARED}  2 s"


def test_progress_is_never_longer_than_a_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    TextScreen(live=True).progress("🥁 " + 20 * "鼓" + " deep " * 10)
    drawn = capsys.readouterr().out.removeprefix(CLEARED)
    assert drawn.startswith("  🥁 鼓")
    assert get_cwidth(drawn) in (38, 39)


def test_nothing_is_drawn_over_elsewhere(capsys: pytest.CaptureFixture[str]) -> None:
    screen = TextScreen(live=False)
    screen.progress("1 s")
    screen.card(card(), ["⣿"])
    screen.posted(replies.Shown(entry(2)), ["⠿"])
    screen.reply(replies.Notice("shared", "It is shared."))
    screen.refusal("NoSuchTake", "There is\x1b[31m none.")
    told = capsys.readouterr().out
    assert "\x1b" not in told
    assert "\r" not in told
    assert "1 s" not in told
    for part in ("  Boom 1  ", "\n  ⣿\n", "  Boom 2  ", "\n  ⠿\n", "\n  It is shared.\n", "  There is�[31m none.\n"):
        assert part in told


@pytest.mark.parametrize("what", ["card", "refusal"])
def test_what_was_drawn_last_makes_room_for_what_follows(what: str, capsys: pytest.CaptureFixture[str]) -> None:
    screen = TextScreen(live=True)
    with create_app_session(output=DummyOutput()):
        if what == "refusal":
            screen.refusal("NoSuchTake", "There is none.")
        else:
            screen.card(card(), [])
    assert capsys.readouterr().out.startswith(CLEARED)


def test_programs_read_one_object_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    screen = JsonScreen()
    screen.progress("1 s")
    screen.card(card(), ["⣿"])
    screen.posted(replies.Shown(entry(2)), ["⣿"])
    screen.reply(replies.Notice("shared", "Zoë shares it."))
    screen.refusal("NoSuchTake", "There is none.")
    lines = capsys.readouterr().out.splitlines()
    made, shown, notice, refused = [json.loads(line) for line in lines]
    assert (made["ok"], made["kind"], made["name"]) == (True, "kick", "Boom 1")
    assert (shown["ok"], shown["kind"], shown["name"]) == (True, "preset", "Boom 2")
    assert notice == {"ok": True, "kind": "shared", "text": "Zoë shares it."}
    assert "Zoë" in lines[2]
    assert refused == {"ok": False, "kind": "NoSuchTake", "text": "There is none."}
