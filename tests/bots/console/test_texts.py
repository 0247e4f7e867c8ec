"""What a program reads of an answer: one line."""

from dataclasses import replace

import pytest

from bots.console import texts
from core.answers import commands, replies
from core.library import browsing
from tests.fakes.cards import card, entry, silent

CARD = replace(card(kind="preset"), name="Boom", audio=None, recipe=None)
SILENT = replace(silent(), name="Boom")
ENTRY = entry(card=CARD)


def page(kind: str, query: str = "", *entries: replies.Entry) -> replies.Page:
    return replies.Page(kind, browsing.parse(query), entries, None, None)  # type: ignore[arg-type]


def test_a_kick_is_told_with_its_note_length_and_level() -> None:
    assert texts.card(CARD) == "Boom: F1 +12 cents, 43.9 Hz, 0.50 s, peak -0.4 dBFS, -12.0 LUFS"


def test_of_a_kick_without_a_sound_it_is_told_why() -> None:
    assert texts.card(SILENT) == "Boom: the file of AI: Ada is not here"


@pytest.mark.parametrize(
    ("reply", "line"),
    [
        (replies.Shown(ENTRY), texts.card(CARD)),
        (replies.Kicks((CARD,), (CARD, SILENT), 30), "1 of 30 kicks in the library, 2 recent ones"),
        (page("mine", "", ENTRY, replace(ENTRY, card=replace(CARD, name="Bam"))), "Your presets: Boom, Bam"),
        (page("mine"), "Your presets: none"),
        (page("browse"), "Presets shared here: none"),
        (page("browse", "sort:saves", ENTRY), "Presets shared here · sort:saves: Boom"),
        (replies.Words(("deep", "hit")), "deep hit"),
        (replies.Words(()), ""),
        (replies.Words(None), "This kick machine does not tell which words it knows."),
        (replies.Help(commands.TABLE[:2]), f"{commands.TABLE[0].line}; {commands.TABLE[1].line}"),
        (replies.Notice("shared", "It is shared."), "It is shared."),
    ],
)
def test_each_answer_has_a_line(reply: replies.Reply, line: str) -> None:
    assert texts.reply(reply) == line
