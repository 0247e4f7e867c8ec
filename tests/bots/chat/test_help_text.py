"""The help, which is the table of commands as each platform has them."""

from dataclasses import replace

import pytest

from bots.chat.wording import Markup
from bots.console.markup import ConsoleMarkup
from bots.discord.markup import DiscordMarkup
from bots.slack import render
from bots.slack.markup import SlackMarkup
from core.answers import commands
from core.answers.commands import TABLE, Command

LISTED = tuple(command for command in TABLE if command.listed)
THE_HELP_ITSELF = ("words", "help")
PLATFORMS: dict[str, Markup] = {"console": ConsoleMarkup(), "discord": DiscordMarkup(), "slack": SlackMarkup()}
EVERYWHERE = pytest.mark.parametrize("markup", PLATFORMS.values(), ids=PLATFORMS)


@EVERYWHERE
def test_it_tells_what_every_command_does_the_first_first(markup: Markup) -> None:
    text = markup.help(LISTED)
    told = [one for one in LISTED if not (isinstance(markup, DiscordMarkup) and one.verb in THE_HELP_ITSELF)]
    places = [text.index(one.does) for one in told]
    assert places == sorted(places)
    assert "make a kick drum" in text.splitlines()[0]


def test_on_discord_a_new_command_of_a_group_is_told_of_without_more() -> None:
    new = replace(commands.named("presets share"), verb="presets lend", does="lend it to somebody")  # type: ignore[arg-type]
    at = [one.verb for one in LISTED].index("presets unshare")
    lines = DiscordMarkup().help((*LISTED[:at], new, *LISTED[at:])).splitlines()
    [line] = [line for line in lines if new.does in line]
    assert line.startswith("**/presets browse** ")
    assert " · **lend** lend it to somebody · **unshare** " in line


def test_where_nothing_stands_behind_it_is_said_where_it_is_typed() -> None:
    save = commands.named("presets save")
    told = "/save [NAME] [as NEW NAME] save a kick or a preset as yours; alone, the last one shown"
    assert ConsoleMarkup().help([save]) == told
    assert "; alone, the last one shown; or 💾 below a kick" in SlackMarkup().help([save])
    assert "alone" not in DiscordMarkup().help(LISTED)


def test_on_discord_it_tells_what_is_pressed_and_what_a_group_has() -> None:
    help_with = DiscordMarkup("boom").help
    assert help_with([commands.named("presets save")]).startswith("💾 below a kick, button or reaction (")
    assert help_with([commands.named("kick")]).startswith("**/boom** make a kick drum from keywords")
    group: list[Command] = [
        commands.named("presets browse"),
        commands.named("presets mine"),
        commands.named("account status"),
    ]
    assert help_with(group).splitlines() == [
        "**/presets browse** presets shared here, the newest first · **mine** your presets, to hear, share and delete",
        "**/account status** your identities, your library and today's count",
    ]
    assert help_with([commands.named("settings")]).startswith("**/kicksettings** where Kickbot answers")


def test_it_fits_into_a_message() -> None:
    assert len(SlackMarkup("a-rather-long-command").help(LISTED)) < render.LONGEST
    assert len(DiscordMarkup("a-rather-long-command").help(LISTED)) < 1_500, "with words behind it, 2,000 is the most"
