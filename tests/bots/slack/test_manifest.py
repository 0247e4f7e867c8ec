"""The manifest: whole, and asking for no more than is used."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from bots.slack import listeners, manifest
from tests.fakes.slack import server
from tests.fakes.slack.world import SCOPES


def read(*words: Any) -> dict[str, Any]:
    return dict(json.loads(manifest.text(*words)))


def test_socket_mode_needs_no_address() -> None:
    made = read()
    assert made["settings"]["socket_mode_enabled"]
    assert "http" not in json.dumps(made)
    [slash] = made["features"]["slash_commands"]
    assert slash["command"] == "/kickdrum"


def test_what_the_app_is_and_is_not() -> None:
    """Rotated tokens would have to be fetched anew every twelve hours, which nothing here does."""
    made = read()
    assert made["settings"] == {
        "event_subscriptions": {"bot_events": list(manifest.EVENTS)},
        "interactivity": {"is_enabled": True},
        "org_deploy_enabled": False,
        "socket_mode_enabled": True,
        "token_rotation_enabled": False,
    }
    assert made["features"]["app_home"] == {
        "home_tab_enabled": True,
        "messages_tab_enabled": True,
        "messages_tab_read_only_enabled": False,
    }
    assert made["features"]["bot_user"] == {"display_name": "Kickbot", "always_online": True}
    [shortcut], [slash] = made["features"]["shortcuts"], made["features"]["slash_commands"]
    assert (shortcut["type"], shortcut["callback_id"]) == ("message", listeners.SHORTCUT)
    assert slash["should_escape"] is False, "names and channels in a prompt are words like others"
    assert made["oauth_config"] == {"scopes": {"bot": sorted(manifest.SCOPES)}}


@pytest.mark.parametrize("command", ["kick", "/kick"])
def test_http_mode_names_every_address(command: str) -> None:
    made = read(command, "http", "https://kick.example/")
    assert made["features"]["slash_commands"][0]["command"] == "/kick"
    events = "https://kick.example/slack/events"
    assert made["features"]["slash_commands"][0]["url"] == events
    assert made["settings"]["event_subscriptions"]["request_url"] == events
    assert made["settings"]["interactivity"]["request_url"] == events
    assert made["oauth_config"]["redirect_urls"] == ["https://kick.example/slack/oauth_redirect"]
    assert not made["settings"]["socket_mode_enabled"]


def test_the_scopes_are_those_that_the_tests_need() -> None:
    needed = {scope for scope, _ in server.METHODS.values() if scope is not None}
    for_events = {"app_mentions:read", "im:history", "commands"}
    assert set(manifest.SCOPES) == SCOPES == needed | for_events


def test_every_event_that_is_asked_for_is_heard() -> None:
    source = Path("bots/slack/listeners.py").read_text(encoding="utf-8")
    heard = set(re.findall(r'app\.event\("(\w+)"\)', source))
    assert heard == {event.partition(".")[0] for event in manifest.EVENTS}
