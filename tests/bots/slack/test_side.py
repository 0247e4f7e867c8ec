"""Slack's side of the process, as the settings want it."""

import sys
from typing import Any

import pytest
from pydantic import SecretStr

from bots.composition import slack_parts, slack_platform
from bots.settings import Settings
from core import errors

ONE: dict[str, Any] = {"slack_bot_token": SecretStr("xoxb-1")}
MANY: dict[str, Any] = {
    "slack_client_id": "1",
    "slack_client_secret": SecretStr("c"),
    "slack_signing_secret": SecretStr("s"),
    "secret_key": SecretStr("k"),
}


def settings(**values: Any) -> Settings:
    return Settings(_env_file=None, **values)


def test_without_a_token_there_is_no_side() -> None:
    assert slack_platform.side(settings()) is None


@pytest.mark.parametrize("values", [{**ONE, "slack_app_token": SecretStr("xapp-1")}, MANY])
def test_a_token_or_an_app_for_many_needs_the_library(values: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    assert slack_platform.side(settings(**values)) is not None
    monkeypatch.setitem(sys.modules, "slack_bolt", None)  # as where it is not installed
    with pytest.raises(errors.BadSetting, match=r"kickbot\[slack\]"):
        slack_platform.side(settings(**values))


def test_slack_comes_over_http_only_where_it_can_sign() -> None:
    socket = slack_platform.side(settings(**ONE, slack_app_token=SecretStr("xapp-1")))
    assert socket is not None
    assert socket.tables == []
    http = slack_platform.side(settings(**ONE, slack_signing_secret=SecretStr("s")))
    assert http is not None
    assert http.way_in is not None
    assert http.way_in.secret == "s"
    [routes] = http.tables
    paths = [route.path for route in routes]  # type: ignore[attr-defined]
    assert paths == ["/slack/events", "/slack/events", "/slack/install", "/slack/oauth_redirect"]


async def test_installing_needs_an_address_to_come_back_to() -> None:
    many: Any = None
    with pytest.raises(errors.BadSetting, match="PUBLIC_URL"):
        async with slack_parts.joined(settings(**MANY), many, many, None):
            raise AssertionError("it has no address")
