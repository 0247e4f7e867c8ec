"""What README.md promises in numbers is what the program does; what platforms limit is kept to."""

import math
import re
from dataclasses import astuple
from pathlib import Path

import discord
import pytest

from bots.discord import autocomplete, lists, render
from bots.discord import start as discord_start
from bots.settings import Settings
from bots.slack import app_home, blocks, manifest
from bots.slack import lists as slack_lists
from bots.slack import render as slack_replying
from bots.slack import start as slack_start
from core.accounts import accounts, link_codes
from core.library import library
from core.library.clearing import Left
from core.making import prompts, studio
from core.sound import finishing
from core.stores.accounts import Holdings
from gpu.engines import warming
from gpu.engines.sampling import Sampling
from gpu.modal_engine.following import Timeouts
from gpu.model.kick import Request

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
WORDS = {"two": 2, "three": 3, "four": 4, "five": 5}
BY_ITSELF = Settings.model_construct()


def promised(pattern: str) -> float:
    """The number in README.md that stands in the group of `pattern`, which is there once; spaces may be line breaks."""
    [found] = set(re.findall(pattern.replace(" ", r"\s+"), README))
    return float(WORDS.get(found, found))


@pytest.mark.parametrize(
    ("pattern", "is_so"),
    [
        (r"counts towards the day \((\d+) for an account", [BY_ITSELF.kickbot_daily_limit]),
        (r"stays playable for (\d+) days", [BY_ITSELF.kickbot_take_days]),
        (r"your library for good, (\d+) kicks", [BY_ITSELF.kickbot_keep_limit]),
        (r"a kick, or up to (\w+);", [prompts.MOST_AT_ONCE]),
        (r"running kicks get (\d+) seconds to be posted", [discord_start.GRACE, slack_start.GRACE]),
    ],
)
def test_a_number_in_the_readme_is_so(pattern: str, is_so: list[float]) -> None:
    assert {promised(pattern)} == set(is_so)


def test_a_kick_peaks_where_the_readme_says() -> None:
    assert 20 * math.log10(finishing.PEAK) == pytest.approx(promised(r"peaks at (-[\d.]+) dBFS"), abs=0.005)


def test_a_warm_hour_costs_what_the_readme_says() -> None:
    assert round(warming.cost(1), 2) == promised(r"about \$([\d.]+) an hour")


def test_the_invitation_asks_for_the_permissions_that_the_readme_names() -> None:
    named = re.findall(r"\*([A-Z][\w ]+)\*", re.sub(r"\s+", " ", README.split("and the permissions")[1].split(";")[0]))
    wanted = discord.Permissions(
        **{name.lower().replace("view channels", "view_channel").replace(" ", "_"): True for name in named}
    )
    assert len(named) == 6
    assert wanted.value == promised(r"permissions=(\d+)")


def test_the_readme_says_what_each_scope_is_for() -> None:
    table = README.split("| scope | for |")[1].split("\n\n")[0]
    told = {
        scope
        for row in table.splitlines()
        for scope in re.findall(r"`([a-z_]+(?::[a-z]+)?)`", row.split("|")[1:2][0] if "|" in row else "")
    }
    assert told == set(manifest.SCOPES)


def test_what_is_not_set_is_the_same_in_every_part() -> None:
    limits = studio.Limits()
    assert (limits.daily, limits.everyone) == (BY_ITSELF.kickbot_daily_limit, BY_ITSELF.kickbot_global_limit)
    assert (limits.take_days, limits.lease) == (BY_ITSELF.kickbot_take_days, BY_ITSELF.kickbot_lease_seconds)
    assert accounts.Accounts.__dataclass_fields__["daily"].default == limits.daily
    assert accounts.Accounts.__dataclass_fields__["keep"].default == BY_ITSELF.kickbot_keep_limit
    assert library.Library.__dataclass_fields__["limit"].default == BY_ITSELF.kickbot_keep_limit
    assert Request("hit", 1).cfg_scale == Sampling().guidance
    assert Timeouts().connect == BY_ITSELF.kick_connect_seconds
    assert Timeouts().result == BY_ITSELF.kick_result_seconds


def test_somebody_new_has_nothing_and_nothing_is_left_of_it() -> None:
    assert {count for count in astuple(Holdings()) if isinstance(count, int)} == {0}
    assert Left().remarks == ()


def test_a_code_is_good_for_too_little_to_be_guessed() -> None:
    """Ten minutes and five tries, by a design that counts on nobody's hurry and nobody's luck."""
    assert (link_codes.MINUTES, link_codes.TRIES) == (10, 5)
    assert link_codes.TRIES / len(link_codes.ALPHABET) ** link_codes.LENGTH < 1e-10


def test_what_is_sent_fits_into_what_platforms_take() -> None:
    assert lists.SIZE == 5, "buttons in a row on Discord"
    assert autocomplete.MOST == 25, "choices below a field on Discord"
    assert autocomplete.LONGEST == prompts.LONGEST == 100, "characters of a choice on Discord"
    assert render.LONGEST <= 2_000, "characters of a message on Discord"
    assert blocks.LONGEST_LABEL == 75, "characters of a button on Slack"
    assert blocks.LONGEST_TEXT == 3_000, "characters of a section on Slack"
    assert slack_replying.LONGEST < blocks.LONGEST_TEXT
    assert 2 * slack_lists.SIZE + 2 <= 50, "blocks of a message on Slack"
    assert 2 * (app_home.MOST_KICKS + app_home.MOST_PRESETS) < 90, "blocks of a view on Slack, headings beside"
