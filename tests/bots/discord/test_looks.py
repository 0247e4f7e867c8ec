"""What messages on Discord look like, before Discord has them."""

from dataclasses import replace

import pytest

from bots.chat.actions import Action
from bots.discord import attachments, buttons, cards, lists, render
from bots.discord.markup import DiscordMarkup
from bots.discord.message import Button, Message
from core import files
from core.answers import replies
from core.answers.commands import Invocation
from core.library import browsing, pages
from tests.fakes.cards import card, entry, silent
from tests.fakes.files import MemoryFiles

MARKS = DiscordMarkup()


def rest(button: Button) -> str:
    """What stands behind the command that the button does."""
    assert isinstance(button.action.does, Invocation)
    return button.action.does.rest


def labels(message: Message) -> list[str]:
    return [f"{button.action.emoji}{button.label}" for button in message.buttons]


def test_a_take_is_shown_with_all_that_can_be_done() -> None:
    message = cards.message(MARKS, card())
    assert message.text.splitlines() == [
        "**Boom 1** · hit",
        "F1 +12 cents, 43.9 Hz · 0.50 s · peak -0.4 dBFS, -12.0 LUFS",
        "-# seed 42, synth · for ada · [WAV](<https://kick.example/1.wav>)",
        '-# "wobble" is no word I know',
    ]
    assert labels(message) == ["💾Save", "🔁Again", "🗑️Delete"]
    assert (message.buttons[1].action.how, message.buttons[1].action.does) == ("again", card().ref)
    assert message.shows == card().ref


def test_ones_own_kick_is_there_to_be_deleted() -> None:
    message = cards.message(MARKS, card(2, "kick"))
    assert labels(message) == ["🗑️Delete"]
    assert message.shows == card(2, "kick").ref
    assert message.audio is not None


def test_a_preset_without_a_sound_cannot_be_saved() -> None:
    assert labels(cards.message(MARKS, card(3, "preset"))) == ["💾Save", "🗑️Delete"]
    message = cards.message(MARKS, silent(3))
    assert labels(message) == ["🗑️Delete"]
    assert message.text.splitlines() == [
        "**Boom 1**".replace("1", "3"),
        "-# for ada",
        "-# the file of AI: Ada is not here",
    ]


def kicks(takes: int, kept: int) -> replies.Kicks:
    return replies.Kicks(
        tuple(card(n, "kick") for n in range(100, 100 + kept)), tuple(card(n) for n in range(1, takes + 1)), 30
    )


@pytest.mark.parametrize(
    ("takes", "kept", "page", "numbers", "turns"),
    [
        (0, 0, 1, [], []),
        (2, 3, 1, [1, 2, 3, 4, 5], []),
        (2, 4, 1, [1, 2, 3, 4, 5], ["⏭️Next"]),
        (2, 4, 2, [6], ["◀️Back"]),
        (5, 6, 2, [6, 7, 8, 9, 10], ["◀️Back", "⏭️Next"]),
        (1, 0, 9, [1], []),
        (5, 6, 9, [11], ["◀️Back"]),
    ],
)
def test_kicks_are_shown_five_at_a_time(takes: int, kept: int, page: int, numbers: list[int], turns: list[str]) -> None:
    shown = pages.kicks(kicks(takes, kept), str(page), lists.SIZE)
    assert isinstance(shown, replies.Kicks)
    message = render.message(MARKS, shown)
    first, *lines = message.text.splitlines()
    assert first == f"**Your kicks** · {kept} of 30 in your library, {takes} not saved"
    assert [int(line.partition("\\.")[0]) for line in lines if "Boom" in line] == numbers
    assert ("You have made no kicks yet" in message.text) is (takes + kept == 0)
    assert [label for label in labels(message) if not label[-1].isdigit()] == turns
    assert [rest(button) for button in message.buttons if button.action.how == "turn"] == [
        str(shown.number + (1 if turn == "⏭️Next" else -1)) for turn in turns
    ]


def test_what_is_not_saved_can_be_and_is_said_to_be() -> None:
    message = lists.kicks(MARKS, kicks(1, 1))
    assert labels(message) == ["▶️1", "💾1", "🗑️1", "▶️2", "🗑️2"]
    _, take, kick = message.text.splitlines()
    assert take.endswith(" · not saved")
    assert "not saved" not in kick
    rows = [button.row for button in message.buttons]
    assert rows == [0, 1, 3, 0, 3], "a row for each thing to do"


def page(kind: str, query: str, *entries: replies.Entry, turns: bool = False) -> replies.Page:
    turn = Invocation("presets browse", "after:1.1") if turns else None
    return replies.Page(kind, browsing.parse(query), entries, turn, turn)  # type: ignore[arg-type]


def test_shared_presets_are_heard_and_saved_where_there_is_a_sound() -> None:
    shown = entry(1, saves=2)
    message = lists.presets(MARKS, page("browse", "deep", shown, entry(2, card=silent(2)), turns=True))
    assert message.text.splitlines() == [
        "**Presets shared here** · deep",
        '1\\. **Boom 1** · by ada · F1 +12 cents, 43.9 Hz · 0.50 s · saved by 2 · "wobble" is no word I know',
        "2\\. **Boom 2** · by ada · the file of AI: Ada is not here",
    ]
    assert labels(message) == ["▶️1", "💾1", "◀️Back", "⏭️Next"]


def test_ones_own_presets_are_shared_and_deleted() -> None:
    mine = entry(1, mine=True)
    message = lists.presets(MARKS, page("mine", "", mine, entry(2, mine=True, shared=False, card=silent(2))))
    assert message.text.startswith("**Your presets**\n")
    assert " · shared here · " in message.text.splitlines()[1]
    assert "shared here" not in message.text.splitlines()[2]
    assert labels(message) == ["▶️1", "Unshare 1", "🗑️1", "Share 2", "🗑️2"]
    assert [button.action.how for button in message.buttons] == ["tell"] * 5


@pytest.mark.parametrize(
    ("empty", "said"),
    [
        (page("mine", ""), "💾 below a kick"),
        (page("browse", "deep"), "Nothing that is shared here fits."),
        (page("browse", ""), "/presets share"),
    ],
)
def test_an_empty_list_says_what_would_fill_it(empty: replies.Page, said: str) -> None:
    assert said in lists.presets(MARKS, empty).text


def test_a_kick_of_ones_own_is_told_alone() -> None:
    assert render.message(MARKS, replies.OwnKick(card(1))) == cards.message(MARKS, card(1))
    assert render.message(MARKS, replies.OwnKick(card(100, "kick"))) == cards.message(MARKS, card(100, "kick"))


def test_a_question_has_one_dangerous_button() -> None:
    message = render.message(MARKS, replies.Question("Delete it?", "Delete", Invocation("delete", "take:1 sure:1")))
    [button] = message.buttons
    view = buttons.view(message)
    assert view is not None
    [item] = view.children
    shown = item.to_component_dict()
    assert (button.label, shown.get("style"), shown["custom_id"]) == ("Delete", 4, "a:delete take:1 sure:1")


@pytest.mark.parametrize("size", [render.LONGEST, render.LONGEST + 1])
def test_many_words_are_cut_between_two(size: int) -> None:
    words = ("x" * 99, "y" * (size - 200), "z" * 99)
    text = render.message(MARKS, replies.Words(words)).text
    assert len(text) <= render.LONGEST
    assert text.endswith("…") is (size > render.LONGEST)
    assert ("z" in text) is (size == render.LONGEST)
    assert "does not tell" in render.message(MARKS, replies.Words(None)).text


async def test_a_button_looks_and_does_as_it_is_told() -> None:
    go = Action("delete", "Go", Invocation("delete", "take:1"), "turn", "🗑️", danger=True)
    again = Action("again", "Again", card().ref, "again")
    message = Message("", buttons=(Button(go, "Go", 2), Button(again, "Again")))
    view = buttons.view(message)
    assert view is not None
    assert view.timeout is None
    found = [item.to_component_dict() for item in view.children]
    assert [(one["custom_id"], one.get("style")) for one in found] == [("n:delete take:1", 4), ("again:take:1", 2)]
    assert buttons.view(Message("")) is None


SOUND = card().audio


async def packed(limit: int, **kind: object) -> attachments.Payload:
    assert SOUND is not None
    store = MemoryFiles({SOUND.path: b"x" * 100, files.picture_path(SOUND.path): b"y" * 50}, **kind)  # type: ignore[arg-type]
    return await attachments.pack(Message("text", SOUND), store, limit)


@pytest.mark.parametrize(
    ("limit", "names"),
    [(100, ["kick_hit.wav", "kick_hit.png"]), (99, ["kick_hit.png"]), (50, ["kick_hit.png"]), (49, [])],
)
async def test_a_file_that_is_too_large_is_left_out(limit: int, names: list[str]) -> None:
    payload = await packed(limit)
    assert [name for name, _ in payload.attached] == names
    assert [file.filename for file in payload.files()] == names
    assert [file.filename for file in payload.files()] == names, "each sending has its own"
    assert payload.bare.attached == ()
    assert ("files" in payload.send()) is bool(names)
    assert len(payload.edit()["attachments"]) == len(names)


async def test_storage_that_is_away_leaves_the_link() -> None:
    assert (await packed(100, broken=True)).attached == ()
    assert await attachments.pack(Message("text"), MemoryFiles(broken=True), 100) == attachments.Payload(
        Message("text")
    )
    assert await attachments.pack(Message("text", SOUND), MemoryFiles(), 100) == attachments.Payload(
        Message("text", SOUND)
    )


async def test_nobody_is_pinged_by_anything() -> None:
    payload = attachments.Payload(Message("@everyone"))
    for parts in (payload.edit(), payload.send()):
        assert parts["allowed_mentions"].to_dict() == {"parse": []}
    assert "view" not in payload.send()
    assert payload.edit()["view"] is None, "an edit takes buttons away"
    assert replace(payload, attached=(("a", b""),)).bare == payload
