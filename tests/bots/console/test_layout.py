"""Answers laid out for a terminal, and their fields for programs."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from prompt_toolkit.formatted_text import fragment_list_to_text

from bots.console import fields, layout, own_commands, texts
from bots.console.whereabouts import Whereabouts
from core.answers import replies
from core.answers.account import LinkCode, Linked, Status, Unlinked
from core.answers.commands import TABLE, Invocation
from core.identities import Identity, Notification, Platform
from core.library import browsing
from core.people import Person
from core.sound.measuring import Facts
from core.stores.accounts import Holdings, Renamed
from gpu.synth.words import vocabulary
from tests.fakes.cards import card, entry, silent

ADA = Identity(1, 7, Person("discord", "", "d1", "ada"), Platform("Discord"))
BOB = Identity(2, 7, Person("slack", "T1", "U1", "bob"), Platform("Slack"))
WHERE = Whereabouts()
LETTER = Notification(BOB, "ada has joined.")


def text(reply: replies.Reply) -> list[str]:
    return fragment_list_to_text(layout.reply(reply, WHERE, 200)).splitlines()


def test_a_kick_with_its_waveform() -> None:
    shown = fragment_list_to_text(layout.card(replace(card(), name="Bo\x1bom", kick="AI: Ada"), ["⣿", "⠀"], WHERE))
    assert shown.splitlines() == [
        "  Bo�om  hit, for ada",
        "  ⣿",
        "  ⠀",
        "  F1 +12 cents, 43.9 Hz · 0.50 s · peak -0.4 dBFS, -12.0 LUFS",
        "  AI: Ada, seed 42, synth",
        '  "wobble" is no word I know',
        "  https://kick.example/1.wav",
    ]
    own_name = fragment_list_to_text(layout.card(replace(card(), kick="Boom 1"), [], WHERE))
    assert "\n  seed 42, synth\n" in own_name


def test_a_preset_without_a_sound() -> None:
    assert fragment_list_to_text(layout.card(silent(), [], WHERE)).splitlines() == [
        "  Boom 1  for ada",
        "  AI: Ada",
        "  the file of AI: Ada is not here",
    ]


def test_kicks() -> None:
    assert text(replies.Kicks((), (), 30)) == ["  You have made no kicks yet: /kick hit house makes the first."]
    library = text(replies.Kicks((card(1, "kick"),), (), 30))
    assert library == [
        "  Your library, 1 of 30 kicks",
        f'  {"Boom 1":<32} hit wobble · F1 +12 cents, 43.9 Hz · 0.50 s · "wobble" is no word I know',
        "    kick:1  https://kick.example/1.wav",
    ]
    both = text(replies.Kicks((card(1, "kick"),), (silent(2, "take"),), 30))
    assert both[-len(library) :] == library
    assert both[: -len(library)] == [
        "  Recent kicks",
        f"  {'Boom 2':<32} the file of AI: Ada is not here",
        "    take:2",
    ]


def test_a_page_of_kicks_says_where_it_goes_on() -> None:
    library = tuple(card(n, "kick") for n in (3, 4))
    kicks = replies.Kicks(library, (card(1), card(2)), 30, size=3)
    lines = text(kicks)
    assert [line.split()[1] for line in lines if line.startswith("  Boom")] == ["1", "2", "3"]
    assert lines[-1] == "  next: /kicks 2"
    assert text(replace(kicks, number=2)) == [
        "  Your library, 2 of 30 kicks",
        *text(replies.Kicks((card(4, "kick"),), (), 30))[1:],
        "  back: /kicks 1",
    ]
    told = fields.reply(kicks, WHERE)
    assert ([one["id"] for one in told["kicks"]], [one["id"] for one in told["library"]]) == ([1, 2], [3])  # type: ignore[attr-defined]
    assert (told["next"], told["back"]) == ("kicks 2", None)


def test_a_kick_of_ones_own_is_a_card() -> None:
    assert fields.reply(replies.OwnKick(card(7)), WHERE)["ref"] == "take:7"
    assert texts.reply(replies.OwnKick(card(7))) == texts.card(card(7))


def test_a_file_stands_where_no_link_works(tmp_path: Path) -> None:
    here = Whereabouts(lambda path: tmp_path / path, served=False)
    lines = fragment_list_to_text(layout.card(card(), [], here)).splitlines()
    assert lines[-2:] == [f"  {tmp_path}/1/1.wav", "  --save FOLDER writes it as kick_hit.wav"]
    asked_for = fragment_list_to_text(layout.card(card(), [], here, "/kicks/kick_hit.wav")).splitlines()
    assert asked_for == [*lines[:-2], "  /kicks/kick_hit.wav"]
    listed = layout.reply(replies.Kicks((), (card(),), 30), here, 80)
    assert f"    take:1  {tmp_path}/1/1.wav" in fragment_list_to_text(listed).splitlines()
    told = fields.card(card(), here)
    assert (told["audioUrl"], told["imageUrl"], told["file"]) == (None, None, f"{tmp_path}/1/1.wav")


def test_no_control_character_of_a_name_reaches_the_terminal() -> None:
    spoilt = replace(silent(2, "take"), name="Bo\x1bom", remarks=("the file of \x1b[31mAda is not here",))
    page = replies.Page("browse", browsing.parse(""), (entry(card=spoilt),), None, None)
    assert "\x1b" not in "".join(text(page))
    assert "\x1b" not in "".join(text(replies.Kicks((spoilt,), (spoilt,), 30)))
    assert "\x1b" not in fragment_list_to_text(layout.card(spoilt, [], WHERE))


def test_a_page_says_where_it_goes_on() -> None:
    turn = Invocation("presets browse", "deep after:1.1")
    page = replies.Page("browse", browsing.parse("deep"), (entry(1, saves=2),), turn, None)
    lines = text(page)
    assert lines[0] == "  Presets shared here · deep"
    assert "by ada · F1 +12 cents, 43.9 Hz · 0.50 s · saved by 2" in lines[1]
    assert lines[-1] == "  next: /browse deep after:1.1"
    assert text(replace(page, next=None, back=turn))[-1] == "  back: /browse deep after:1.1"
    assert text(replace(page, entries=())) == ["  Nothing that is shared here fits."]


def test_a_question_names_the_command_that_agrees() -> None:
    asked = replies.Question("Delete it?", "Delete", Invocation("delete", "take:1 sure:1"))
    assert text(asked) == ["  Delete it?", "  Delete: /delete take:1 sure:1"]


def test_help_is_a_table() -> None:
    lines = text(replies.Help(TABLE))
    described = own_commands.described(TABLE)
    assert len(lines) == len(described) > len(TABLE)
    width = max(len(line) for line, _ in described)
    assert all(line[2 + width : 4 + width] == "  " for line in lines)
    assert [line[4 + width :] for line in lines] == [summary for _, summary in described]
    assert [line[2 : 2 + width].rstrip() for line in lines] == [line for line, _ in described]


@pytest.mark.parametrize("width", [20, 40, 64, 80, 100, 120, 200])
def test_help_and_words_fit_into_the_terminal(width: int) -> None:
    known = tuple(sorted(vocabulary()))
    for reply, said in (
        (replies.Help(TABLE), " ".join(part for both in own_commands.described(TABLE) for part in both)),
        (replies.Words(known), " ".join(known)),
    ):
        lines = fragment_list_to_text(layout.reply(reply, WHERE, width)).splitlines()
        assert max(map(len, lines)) <= width
        assert sorted(" ".join(lines).split()) == sorted(said.split()), "nothing is left out"


def test_letters_to_others_are_shown() -> None:
    assert text(Unlinked(ADA, (LETTER,)))[-1] == f"  to {BOB.label}: ada has joined."


def test_a_kick_as_fields() -> None:
    facts = Facts(43.9, "F1", 12, 0.5, -0.4, -12.0)
    told = fields.card(replace(card(7), facts=facts), WHERE)
    assert (told["kind"], told["id"], told["ref"], told["kick"], told["maker"]) == (
        "kick",
        7,
        "take:7",
        "AI: Ada",
        "ada",
    )
    assert (told["prompt"], told["matched"], told["ignored"]) == ("hit wobble", ("hit",), ("wobble",))
    assert (told["seed"], told["engine"], told["revision"]) == (42, "synth", "synth-1")
    assert (told["audioUrl"], told["path"]) == ("https://kick.example/1.wav", "1/7.wav")
    assert (told["fileName"], told["imageUrl"]) == ("kick_hit.wav", "https://kick.example/1.png")
    measured = [told[name] for name in ("note", "hz", "cents", "seconds", "peakDb", "lufs")]
    assert measured == ["F1", 43.9, 12, 0.5, -0.4, -12.0]
    assert told["remarks"] == ('"wobble" is no word I know',)


def test_a_preset_without_a_sound_as_fields() -> None:
    told = fields.card(silent(7), WHERE)
    assert told["kind"] == "preset"
    nothing = (
        "prompt matched ignored seed engine revision audioUrl path fileName imageUrl note hz cents seconds peakDb lufs"
    )
    assert [told[name] for name in nothing.split()] == [None] * 16


def test_an_entry_as_fields() -> None:
    told = fields.entry(entry(1, saves=2, saved=True), WHERE)
    assert {name: told[name] for name in ("saves", "mine", "saved", "shared", "operators")} == {
        "saves": 2,
        "mine": False,
        "saved": True,
        "shared": True,
        "operators": False,
    }
    page = replies.Page("browse", browsing.parse("deep"), (entry(1),), Invocation("presets browse", "after:1.1"), None)
    told = fields.reply(page, WHERE)
    assert (told["kind"], told["query"], told["next"], told["back"]) == ("page", "deep", "browse after:1.1", None)


def test_accounts_as_fields() -> None:
    again = datetime(2026, 3, 2, 5, tzinfo=UTC)
    identity = {"id": 2, "label": BOB.label, "platform": "slack", "realm": "T1", "externalId": "U1", "name": "bob"}
    assert fields.reply(LinkCode("ABCD-EFGH", again), WHERE)["expires"] == "2026-03-02T05:00:00+00:00"
    linked = fields.reply(Linked(ADA, BOB, (ADA, BOB), (Renamed("a", "a 2"),), (LETTER,)), WHERE)
    assert linked["identities"] == [
        {
            **identity,
            "id": 1,
            "label": ADA.label,
            "platform": "discord",
            "realm": "",
            "externalId": "d1",
            "name": "ada",
        },
        identity,
    ]
    assert linked["renamed"] == [{"old": "a", "new": "a 2"}]
    assert linked["notifications"] == [{"to": identity, "text": "ada has joined."}]
    has = Holdings((BOB,), "ada", takes=1, kicks=2, presets=3, shares=4, made=5)
    status = fields.reply(Status(BOB, has, 30, 10, again), WHERE)
    counts = {"made": 5, "dailyLimit": 10, "kept": 2, "keepLimit": 30, "presets": 3, "shares": 4, "takes": 1}
    assert {name: status[name] for name in counts} == counts
    assert (status["me"], status["webLogin"], status["again"]) == (2, "ada", "2026-03-02T05:00:00+00:00")
    assert fields.reply(replace(Status(None, Holdings(), 30, 10, again)), WHERE)["me"] is None


@pytest.mark.parametrize(
    ("has", "mine", "lines"),
    [
        (
            Holdings((BOB,), None, takes=1, kicks=1, presets=1, shares=1, made=1),
            BOB,
            ["1 kick of 30 in the library, 1 preset, 1 share, 1 recent kick."],
        ),
        (Holdings((ADA, BOB), "ada.web"), BOB, [f"{ADA.label} and {BOB.label} (you)", 'Its web login is "ada.web".']),
        (Holdings(), None, ["0 kicks of 10 made today; the count starts again at 05:00 UTC."]),
    ],
)
def test_a_status_in_sentences(has: Holdings, mine: Identity | None, lines: list[str]) -> None:
    said = Status(mine, has, 30, 10, datetime(2026, 3, 2, 5, tzinfo=UTC)).text
    assert all(line in said for line in lines), said
    assert ("web login" in said) is (has.web is not None)
    assert ("belongs to" in said) is bool(has.identities)
