"""What is said the same on every platform, in each platform's own writing."""

from dataclasses import replace

import pytest

from bots.chat import wording
from bots.chat.wording import Markup
from bots.console.markup import ConsoleMarkup
from bots.discord.markup import DiscordMarkup
from bots.slack.markup import SlackMarkup
from core.answers import replies
from core.engine import Progress
from core.people import PlaceSettings
from tests.bots.console.test_texts import CARD, ENTRY, page
from tests.fakes.cards import card, silent

PLATFORMS: dict[str, Markup] = {"console": ConsoleMarkup(), "discord": DiscordMarkup(), "slack": SlackMarkup()}
EVERYWHERE = pytest.mark.parametrize("markup", PLATFORMS.values(), ids=PLATFORMS)


@EVERYWHERE
@pytest.mark.parametrize(
    ("empty", "start"),
    [
        (page("mine"), "You have no presets yet"),
        (page("browse", "deep"), "Nothing that is shared here fits."),
        (page("browse"), "Nothing is shared here yet"),
    ],
)
def test_an_empty_page_says_what_would_fill_it(markup: Markup, empty: replies.Page, start: str) -> None:
    assert wording.empty_page(markup, empty).startswith(start)


@pytest.mark.parametrize(
    ("entry", "kind", "label"),
    [
        (ENTRY, "browse", "by ada"),
        (replace(ENTRY, saves=1), "browse", "by ada · saved by 1"),
        (replace(ENTRY, mine=True), "mine", "by ada · shared here"),
        (replace(ENTRY, mine=True, shared=False), "mine", "by ada"),
        (replace(ENTRY, mine=True, saved=True), "browse", "by ada"),  # as for everybody else
    ],
)
def test_what_sets_a_preset_apart(entry: replies.Entry, kind: replies.PageKind, label: str) -> None:
    plain = replace(entry, card=replace(CARD, tone="", length="", remarks=()))
    assert " · ".join(wording.about(ConsoleMarkup(), plain, kind)) == label


def test_a_command_is_written_as_it_is_typed_there() -> None:
    assert "/share NAME" in wording.empty_page(ConsoleMarkup(), page("browse"))
    assert "/presets share NAME" in wording.empty_page(DiscordMarkup(), page("browse"))
    assert "`/drum share NAME`" in wording.empty_page(SlackMarkup("drum"), page("browse"))
    assert "/boom hit house" in wording.no_kicks(DiscordMarkup("boom"))


@EVERYWHERE
def test_a_prompt_is_shown_letter_by_letter(markup: Markup) -> None:
    told = wording.progress(markup, "hit <!channel> \x1b[31m", Progress("waking", 3.4))
    assert told.endswith("the GPU is waking up, 3 s")
    assert "\x1b" not in told
    assert isinstance(markup, ConsoleMarkup) or "<!channel>" not in told.replace("\\<!channel\\>", "")


@EVERYWHERE
def test_place_settings_name_channels_and_the_limit(markup: Markup) -> None:
    free, bound = PlaceSettings(), PlaceSettings(frozenset({"2", "1"}), 50)
    assert "every channel" in wording.place_settings(markup, free)
    assert "as many as each may make" in wording.place_settings(markup, free)
    assert f"{markup.channel('1')}, {markup.channel('2')}" in wording.place_settings(markup, bound)
    assert "50 a day, all together" in wording.place_settings(markup, bound)


@EVERYWHERE
def test_words_are_cut_between_two_of_them(markup: Markup) -> None:
    assert wording.words(markup, ("deep", "hit", "house"), 9) == "deep hit …"
    assert wording.words(markup, ("deep", "hit"), 8) == "deep hit"
    assert "does not tell" in wording.words(markup, None, 8)


@EVERYWHERE
def test_a_card_says_the_same_everywhere(markup: Markup) -> None:
    shown = card()
    assert wording.title(markup, shown) == f"{markup.strong('Boom 1')} · hit"
    assert wording.facts(shown) == ("F1 +12 cents, 43.9 Hz", "0.50 s", "peak -0.4 dBFS, -12.0 LUFS")
    assert wording.origin(markup, shown) == "seed 42, synth · for ada"
    assert wording.remarks(markup, shown) == ('"wobble" is no word I know',)
    assert wording.title(markup, silent(3)) == markup.strong("Boom 3")
    assert wording.facts(silent()) == ()
    assert wording.origin(markup, silent(), "elsewhere") == "for ada · elsewhere"
