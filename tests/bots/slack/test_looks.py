"""What messages on Slack look like, before Slack has them."""

from dataclasses import replace
from typing import Any

import pytest
from slack_sdk.models.blocks import ImageBlock

from bots.chat import wording
from bots.chat.actions import Action
from bots.slack import blocks, cards, lists, render
from bots.slack.blocks import Message
from bots.slack.markup import SlackMarkup
from core.answers import replies
from core.answers.commands import TABLE, Invocation
from core.library import browsing
from tests.fakes.cards import card, entry, silent

MARKS = SlackMarkup()


def texts(message: Message) -> list[str]:
    """What stands in the blocks, buttons in brackets."""
    told: list[str] = []
    for block in (block.to_dict() for block in message.blocks):
        match block["type"]:
            case "section":
                told.append(block["text"]["text"])
            case "context":
                told += [f"({element['text']})" for element in block["elements"]]
            case "actions":
                told.append(" ".join(f"[{element['text']['text']}]" for element in block["elements"]))
            case kind:
                told.append(kind)
    return told


def buttons(message: Message) -> list[dict[str, Any]]:
    found = [block.to_dict() for block in message.blocks]
    return [element for block in found if block["type"] == "actions" for element in block["elements"]]


def test_a_take_is_shown_with_all_that_can_be_done() -> None:
    message = cards.message(MARKS, card())
    assert texts(message) == [
        "*Boom 1* · hit\nF1 +12 cents, 43.9 Hz · 0.50 s · peak -0.4 dBFS, -12.0 LUFS",
        "image",
        "(seed 42, synth · for ada)",
        '("wobble" is no word I know)',
        "[💾 Save] [🔁 Again] [🗑️ Delete] [WAV]",
    ]
    assert message.text == "Boom 1: F1 +12 cents, 43.9 Hz · 0.50 s · peak -0.4 dBFS, -12.0 LUFS"
    assert [(one["action_id"].partition(":")[0], one.get("value")) for one in buttons(message)] == [
        ("tell", "save take:1"),
        ("again", "take:1"),
        ("tell", "delete take:1"),
        ("open", None),
    ]
    image = next(block.to_dict() for block in message.blocks if isinstance(block, ImageBlock))
    assert (image["image_url"], image["alt_text"]) == ("https://kick.example/1.png", "Waveform of Boom 1")


def test_without_a_picture_the_rest_is_the_same() -> None:
    bare = cards.message(MARKS, card()).without_pictures
    assert "image" not in texts(bare)
    assert texts(bare)[-1].endswith("[WAV]")
    here = cards.message(MARKS, card(url="http://localhost:8000/1.wav"))
    assert texts(here)[:-1] == texts(bare)[:-1]
    assert texts(here)[-1] == "[💾 Save] [🔁 Again] [🗑️ Delete]", "a link to this machine leads nowhere"


def test_a_preset_without_a_sound_cannot_be_saved() -> None:
    assert texts(cards.message(MARKS, card(3, "preset")))[-1] == "[💾 Save] [WAV]"
    assert texts(cards.message(MARKS, silent(3))) == ["*Boom 3*", "(for ada)", "(the file of AI: Ada is not here)"]


def kicks(takes: int, kept: int, size: int, number: int = 1) -> replies.Kicks:
    library = tuple(card(n, "kick") for n in range(100, 100 + kept))
    return replies.Kicks(library, tuple(card(n) for n in range(1, takes + 1)), 30, number, size)


@pytest.mark.parametrize(("takes", "kept", "most", "shown"), [(2, 1, 3, 3), (2, 2, 3, 3), (0, 1, 20, 1)])
def test_kicks_that_are_not_saved_come_first(takes: int, kept: int, most: int, shown: int) -> None:
    told = texts(lists.kicks(MARKS, kicks(takes, kept, most), turned=False))
    assert told[0] == f"*Your kicks* · {kept} of 30 in your library, {takes} not saved"
    rows = [line for line in told if line.startswith("[")]
    assert rows == (["[💾 Save] [🗑️ Delete] [WAV]"] * takes + ["[🗑️ Delete] [WAV]"] * kept)[:most]
    assert len(rows) == shown
    more = takes + kept - most
    assert (f"(… and {more} more)" in told) is (more > 0)
    assert len(told) == 1 + 2 * shown + (more > 0)


@pytest.mark.parametrize(
    ("number", "rows", "turns"),
    [(1, 20, "[⏭️ Next]"), (2, 20, "[◀️ Back] [⏭️ Next]"), (3, 1, "[◀️ Back]")],
)
def test_kicks_are_turned_in_place(number: int, rows: int, turns: str) -> None:
    message = lists.kicks(MARKS, kicks(11, 30, lists.SIZE, number))
    told = texts(message)
    assert len([line for line in told if "WAV" in line]) == rows
    assert told[-1] == turns
    assert len(message.blocks) == len(told) <= 50
    turning = [(one["action_id"].partition(":")[0], one["value"]) for one in buttons(message)[-turns.count("[") :]]
    assert turning == [("turn", f"kicks {page}") for page in (number - 1, number + 1) if 0 < page < 4]


def test_a_kick_of_ones_own_is_told_alone() -> None:
    take, kick = replies.OwnKick(card()), replies.OwnKick(card(2, "kick"))
    assert render.message(MARKS, take) == cards.message(MARKS, card())
    assert texts(render.message(MARKS, kick))[-1] == "[🗑️ Delete] [WAV]"
    assert not render.public(take)


def test_no_kicks_say_how_to_make_the_first() -> None:
    told = texts(lists.kicks(MARKS, replies.Kicks((), (), 30)))
    assert told[1] == "You have made no kicks yet: `/kickdrum hit house` makes the first."


def page(kind: str, *entries: replies.Entry, back: bool = False, more: bool = False) -> replies.Page:
    back_to, on_to = Invocation("presets browse", "before:1.1"), Invocation("presets browse", "after:1.1")
    return replies.Page(kind, browsing.parse("deep"), entries, on_to if more else None, back_to if back else None)  # type: ignore[arg-type]


def test_shared_presets_are_saved_heard_and_opened() -> None:
    told = texts(lists.presets(MARKS, page("browse", entry(1, saves=2, saved=True), entry(2, mine=True), more=True)))
    assert told[0] == "*Presets shared here* · deep"
    assert told[1].splitlines()[1].endswith(' · 0.50 s · saved by 2 · "wobble" is no word I know')
    assert told[2] == told[4] == "[▶️ Play here] [💾 Save] [WAV]", "also for whoever has not asked for the page"
    assert told[3].splitlines()[1].startswith("by ada · F1 +12 cents")
    assert told[5:] == ["[⏭️ Next]"]


def test_ones_own_presets_are_shared_and_deleted() -> None:
    message = lists.presets(
        MARKS, page("mine", entry(1, mine=True), entry(2, mine=True, shared=False, card=silent(2)), back=True)
    )
    told = texts(message)
    assert told[0] == "*Your presets* · deep"
    assert told[1].splitlines()[1].startswith("by ada · F1 +12 cents, 43.9 Hz · 0.50 s · shared here")
    assert told[2] == "[▶️ Play here] [Unshare] [🗑️ Delete] [WAV]"
    assert told[3] == "*Boom 2*\nby ada · the file of AI: Ada is not here"
    assert told[4] == "[Share] [🗑️ Delete]"
    assert told[5:] == ["[◀️ Back]"]
    assert [one["value"] for one in buttons(message) if "share" in one["action_id"]] == [
        "unshare preset:1",
        "share preset:2",
    ]
    assert message.text == "Your presets: 2"


@pytest.mark.parametrize(
    ("kind", "said"),
    [("browse", "Nothing that is shared here fits."), ("mine", "You have no presets yet: `/kickdrum save` makes one.")],
)
def test_an_empty_list_says_what_would_fill_it(kind: str, said: str) -> None:
    assert texts(lists.presets(MARKS, page(kind)))[1:] == [said]


def test_only_what_others_can_use_is_public() -> None:
    assert render.public(replies.Shown(entry()))
    assert render.public(page("browse"))
    assert not render.public(page("mine"))
    assert not render.public(replies.Kicks((), (), 30))


def test_a_question_has_one_dangerous_button() -> None:
    message = render.message(
        MARKS, replies.Question("Delete <it>?", "Delete it", Invocation("delete", "take:1 sure:1"))
    )
    [button] = buttons(message)
    assert (button["action_id"], button["value"], button["style"]) == (
        "agree:delete-it",
        "delete take:1 sure:1",
        "danger",
    )
    assert texts(message)[0] == "Delete &lt;it&gt;?"
    assert "style" not in buttons(cards.message(MARKS, card()))[0]


@pytest.mark.parametrize("size", [render.LONGEST, render.LONGEST + 1])
def test_many_words_are_cut_between_two(size: int) -> None:
    text = render.message(MARKS, replies.Words(("x" * 99, "y" * (size - 200), "z" * 99))).text
    assert len(text) <= render.LONGEST
    assert text.endswith("…") is (size > render.LONGEST)
    assert "does not tell" in render.message(MARKS, replies.Words(None)).text


def test_help_lists_every_command() -> None:
    assert render.message(MARKS, replies.Help(TABLE)).text.count("\n") == len(TABLE) - 1


def test_what_is_too_long_for_slack_is_cut() -> None:
    long = "x" * 4_000
    assert len(blocks.text_message(long).payload()["text"]) == 3_000
    assert len(blocks.section(long).to_dict()["text"]["text"]) == 3_000
    assert len(blocks.header(long).to_dict()["text"]["text"]) == 150
    assert len(blocks.button_element(Action("save", long, Invocation("kicks"))).to_dict()["text"]["text"]) == 75
    assert len(blocks.context_block(*["x"] * 12).to_dict()["elements"]) == 10
    assert blocks.section("x").to_dict()["text"]["verbatim"] is True
    assert blocks.context_block("x").to_dict()["elements"][0]["verbatim"] is True


def test_a_card_of_a_kick_made_elsewhere_has_no_prompt() -> None:
    assert wording.title(MARKS, replace(card(), recipe=None)) == "*Boom 1*"
    nothing_ignored = replace(card(), recipe=replace(card().recipe, ignored=None))  # type: ignore[type-var]
    assert wording.title(MARKS, nothing_ignored) == "*Boom 1* · hit wobble"


@pytest.mark.parametrize(
    ("label", "action_id"),
    [("🥁 Émile's kick", "tell:mile-s-kick"), ("🔁", "tell:button"), ("Play here", "tell:play-here")],
)
def test_what_an_action_is_called_is_plain_text(label: str, action_id: str) -> None:
    assert blocks.button_element(Action("save", label, Invocation("kicks"))).to_dict()["action_id"] == action_id
