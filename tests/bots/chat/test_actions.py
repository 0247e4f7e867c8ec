"""Which buttons stand below a thing: in the places there are, with the rest behind *More*."""

from typing import get_args

import pytest

from bots.chat import actions, wording
from bots.chat.actions import Action, Below, Buttons
from bots.console.markup import MARKUP
from bots.discord import lists
from core.answers import commands, replies
from core.answers.cards import Card
from core.answers.commands import Invocation
from tests.fakes.cards import card, entry, many


def labels(found: tuple[Action, ...]) -> list[str]:
    return [action.label for action in found]


def named(count: int) -> list[str]:
    """The labels of so many things to do."""
    return ["Again", *(f"Do {number}" for number in range(2, count + 1))]


def pressed(more: Action, thing: Card | replies.Entry) -> replies.More:
    """The answer to *More*, as the desk gives it to what its button holds."""
    assert isinstance(more.does, Invocation)
    assert commands.parse(str(more.does)) == more.does
    assert more.how == "tell"
    which, _, behind = more.does.rest.partition(" ")
    shown = thing.card if isinstance(thing, replies.Entry) else thing
    assert which == str(shown.ref)
    return replies.More(thing, behind)


@pytest.mark.parametrize(("count", "places", "shown"), [(3, 10, 3), (10, 10, 10), (11, 10, 9), (12, 9, 8), (30, 10, 9)])
def test_what_does_not_fit_is_behind_more(count: int, places: int, shown: int) -> None:
    found = many(card(), count).within(places)
    assert len(found) <= places
    assert labels(found) == named(count)[:shown] + ["More"] * (shown < count)


def test_more_holds_the_rest_and_more_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "of_take", lambda card: many(card, 25))
    found, seen = actions.of_take(card()).within(10), list[str]()
    while found[-1].label == "More":
        seen += labels(found[:-1])
        found = actions.of_more(pressed(found[-1], card()), 10)
    assert seen + labels(found) == named(25)
    assert len(found) == 7


@pytest.mark.parametrize("behind", ["", "card", "card 3", "card 99", "card x", "nonsense 2 3"])
def test_a_more_that_fits_no_longer_holds_all(behind: str) -> None:
    assert labels(actions.of_more(replies.More(card(), behind), 10)) == ["Save", "Again", "Delete"]


SHOWN: dict[Below, Buttons] = {
    "card": actions.of_card(card()),
    "shared": actions.of_shared(entry()),
    "own": actions.of_own(entry(mine=True)),
    "kept": actions.of_kept(card()),
    "linked": actions.of_linked(card()),
}
THINGS: dict[Below, Card | replies.Entry] = {
    "card": card(),
    "shared": entry(),
    "own": entry(mine=True),
    "kept": card(),
    "linked": card(),
}


@pytest.mark.parametrize("below", get_args(Below))
def test_more_finds_the_buttons_that_it_stands_among(below: Below) -> None:
    reply = replies.More(THINGS[below], f"{below} 0")
    assert actions.of_more(reply, 10) == SHOWN[below].actions


@pytest.mark.parametrize(
    ("thing", "labelled"),
    [(card(), ["Save", "Again", "Delete"]), (card(2, "kick"), ["Delete"]), (entry(3), ["Save"])],
)
def test_behind_more_of_a_card_is_what_stands_below_one(thing: Card | replies.Entry, labelled: list[str]) -> None:
    assert labels(actions.of_more(replies.More(thing, "card 0"), 10)) == labelled


@pytest.mark.parametrize("below", get_args(Below))
def test_the_buttons_of_a_list_on_discord_have_a_row_for_each_kind(below: Below) -> None:
    if below in ("shared", "own", "kept"):
        assert {action.kind for action in SHOWN[below].actions} <= lists.ROWS.keys()
    assert len(set(lists.ROWS.values())) <= 5
    assert set(lists.ROWS.values()) <= set(range(5))


def test_where_there_are_no_buttons_more_names_commands() -> None:
    told = wording.text(MARKUP, replies.More(entry(5, mine=True), "own 1"), 10_000)
    assert told.splitlines() == ["More for Boom 5:", "/unshare preset:5", "/presets delete preset:5"]
