"""A card with more buttons than Discord has room for below it."""

from typing import Any

import pytest

from bots.chat import actions
from tests.bots.discord.world import World, answer
from tests.fakes.cards import many


@pytest.fixture(autouse=True)
def _twelve(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "of_take", many)


def rows(message: Any) -> list[list[str]]:
    """The labels of its buttons, row by row."""
    return [[button["label"] for button in row["components"]] for row in message.components]


async def test_what_does_not_fit_is_told_to_whoever_presses_more(world: World) -> None:
    card = await world.kick()
    assert rows(card) == [
        ["Again", "Do 2", "Do 3", "Do 4", "Do 5"],
        ["Do 6", "Do 7", "Do 8", "Do 9", "More"],
    ]
    told = await world.bob.click(card, label="More")
    assert told.ephemeral
    assert answer(told).content.startswith("More for **AI: ")
    assert rows(answer(told)) == [["Do 10", "Do 11", "Do 12"]]
    saved = await world.bob.click(answer(told), label="Do 12")
    assert saved.ephemeral
    assert "Saved as your preset" in answer(saved).content
    assert await world.parts.database.fetchval("SELECT count(*) FROM presets_preset") == 1


async def test_more_works_after_a_restart_and_says_where_the_kick_is_gone(world: World) -> None:
    await world.kick()
    await world.restart()
    [card] = world.posted()
    assert rows(answer(await world.ada.click(card, label="More"))) == [["Do 10", "Do 11", "Do 12"]]
    await world.parts.database.execute("DELETE FROM kickbot.take")
    told = await world.ada.click(card, label="More")
    assert told.ephemeral
    assert "no such kick" in answer(told).content
