"""A card, and an entry of a list, with more buttons than there is room for below it."""

from dataclasses import replace

import pytest

from bots.chat import actions
from tests.bots.slack.office import Office
from tests.bots.slack.test_presets import say
from tests.fakes.cards import many
from tests.fakes.slack.world import Message


@pytest.fixture(autouse=True)
def _twelve(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "of_take", many)


def rows(message: Message) -> list[list[str]]:
    """The labels of its buttons, row by row."""
    found = [block["elements"] for block in message.blocks if block["type"] == "actions"]
    return [[button["text"]["text"] for button in row] for row in found]


async def test_what_does_not_fit_is_told_to_whoever_presses_more(either: Office) -> None:
    card = await either.kick()
    assert rows(card) == [
        ["🔁 Again", "Do 2", "Do 3", "Do 4", "Do 5"],
        ["Do 6", "Do 7", "Do 8", "More", "WAV"],
    ]
    await either.bob.press(card, "More")
    await either.settle()
    [told] = either.world.private("UBOB")
    assert told.everything.startswith("More for *AI: ")
    assert rows(told) == [["Do 9", "Do 10", "Do 11", "Do 12"]]
    await either.bob.press(told, "Do 12")
    await either.settle()
    assert "Saved as your preset" in either.world.private("UBOB")[-1].text
    assert len(either.cards()) == 1


async def test_a_kick_that_is_gone_has_nothing_more(office: Office) -> None:
    card = await office.kick()
    await office.shop.database.execute("DELETE FROM kickbot.take")
    await office.bob.press(card, "More")
    await office.settle()
    assert "no such kick" in office.world.private("UBOB")[-1].text


async def test_an_entry_of_a_list_has_one_row(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "of_linked", lambda card: replace(many(card), below="linked"))
    await office.kick()
    kicks = await say(office, "kicks")
    assert kicks is not None
    assert rows(kicks) == [["🔁 Again", "Do 2", "Do 3", "More", "WAV"]]
    await office.ada.press(kicks, "More")
    await office.settle()
    told = office.world.private("UADA")[-1]
    assert rows(told) == [[f"Do {n}" for n in range(4, 9)], [f"Do {n}" for n in range(9, 13)]]
