"""What somebody does in Slack, as it is read; what Slack's refusals mean; who people are."""

import asyncio
import time
from dataclasses import dataclass, field, replace
from types import SimpleNamespace
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.request import HttpRequest
from slack_sdk.http_retry.response import HttpResponse
from slack_sdk.http_retry.state import RetryState

from bots.slack import api, api_errors, profiles, requests
from bots.slack.api_errors import ErrorKind
from bots.slack.installation import Installed
from bots.slack.profiles import Profiles
from bots.slack.requests import Request
from bots.slack.token_encryption import TokenCipher
from bots.slack.workspaces import Workspace
from core.people import Person, Place

TEAM = Workspace("T1", "UBOT", "B1", "xoxb-1")
CHANNEL = Place("slack:UBOT:T1", "slack", "T1", "C1")
PRIVATE = Place("slack:UBOT:T1", "slack", "T1", "D1", private=True)


def test_a_command() -> None:
    body = {
        "user_id": "U1",
        "user_name": "ada",
        "channel_id": "C1",
        "trigger_id": "9",
        "text": "hit",
        "response_url": "h",
    }
    assert requests.of_command(TEAM, body) == Request(TEAM, "U1", "ada", CHANNEL, "command:9", "hit", "h")
    short = {"user_id": "U1", "channel_id": "D1", "trigger_id": "9"}
    assert requests.of_command(TEAM, short) == Request(TEAM, "U1", "", PRIVATE, "command:9")


@pytest.mark.parametrize(("thread", "place"), [({}, None), ({"thread_ts": "1.0"}, "1.0"), ({"thread_ts": "2.0"}, None)])
def test_a_message_is_answered_in_its_thread_but_not_in_one_that_it_starts(
    thread: dict[str, str], place: str | None
) -> None:
    event = {"user": "U1", "channel": "C1", "ts": "2.0", "text": "<@UBOT> hit &amp; run", **thread}
    read = requests.of_message(TEAM, {"event": event, "event_id": "E1"})
    assert read == Request(TEAM, "U1", "", Place(*_parts(CHANNEL), place), "event:E1", "hit & run")


def _parts(place: Place) -> tuple[str, str, str, str]:
    return place.application, place.platform, place.id, place.channel


PRESS = {
    "user": {"id": "U1", "name": "ada"},
    "trigger_id": "9",
    "actions": [{"action_id": "tell:go", "value": "delete take:1"}],
}


def test_a_press_on_a_message() -> None:
    body = {
        **PRESS,
        "channel": {"id": "C1"},
        "container": {"message_ts": "2.0"},
        "message": {"ts": "2.0", "thread_ts": "1.0"},
        "response_url": "h",
    }
    place = Place(*_parts(CHANNEL), "1.0")
    assert requests.of_press(TEAM, body) == Request(
        TEAM, "U1", "ada", place, "action:9:tell:go", "delete take:1", "h", "2.0", public=True
    )


def test_a_press_on_what_only_one_person_sees_and_at_the_home() -> None:
    hidden = {**PRESS, "channel": {"id": "C1"}, "container": {"message_ts": "2.0", "thread_ts": "1.0"}}
    assert requests.of_press(TEAM, hidden).place.thread == "1.0"
    unseen = {**hidden, "container": {"message_ts": "2.0", "is_ephemeral": True}}
    assert not requests.of_press(TEAM, unseen).public
    assert requests.of_press(TEAM, {**PRESS, "channel": None}).place == requests.home(TEAM)
    opened = {"user": {"id": "U1"}, "trigger_id": "9", "actions": [{"action_id": "open:wav"}]}
    assert requests.of_press(TEAM, opened) == Request(TEAM, "U1", "", requests.home(TEAM), "action:9:open:wav")


def test_the_home_is_private_and_has_no_channel() -> None:
    assert requests.home(TEAM) == Place("slack:UBOT:T1", "slack", "T1", "", private=True)
    assert requests.of_visit(TEAM, {"event": {"user": "U1"}, "event_id": "E1"}).place == requests.home(TEAM)


def test_a_shortcut_and_a_reaction() -> None:
    body = {"user": {"id": "U1"}, "channel": {"id": "D1"}, "message": {"ts": "2.0"}, "trigger_id": "9"}
    assert requests.of_shortcut(TEAM, body) == Request(TEAM, "U1", "", PRIVATE, "shortcut:9", message="2.0")
    event = {"user": "U1", "reaction": "x::skin-tone-2", "item": {"type": "message", "channel": "C1", "ts": "2.0"}}
    read = requests.of_reaction(TEAM, {"event": event, "event_id": "E1"})
    assert read == Request(TEAM, "U1", "", CHANNEL, "event:E1", "x", message="2.0")
    assert requests.of_reaction(TEAM, {"event": {**event, "item": {"type": "file"}}, "event_id": "E1"}) is None


def refused(name: str) -> SlackApiError:
    answer = SimpleNamespace(data={"ok": False, "error": name})
    return SlackApiError("refused", answer)  # type: ignore[no-untyped-call]  # of the SDK


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        (ErrorKind.ABSENT, "not_in_channel channel_not_found"),
        (ErrorKind.GONE, "message_not_found thread_not_found"),
        (ErrorKind.FIXED, "cant_update_message edit_window_closed"),
        (ErrorKind.LATER, "ratelimited fatal_error internal_error service_unavailable request_timeout"),
        (ErrorKind.BLOCKS, "invalid_blocks invalid_blocks_format invalid_attachments"),
        (ErrorKind.CLOSED, "is_archived missing_scope token_revoked account_inactive"),
    ],
)
def test_what_a_refusal_means(kind: ErrorKind, names: str) -> None:
    assert {api_errors.classify(refused(name)) for name in names.split()} == {kind}


@pytest.mark.parametrize("error", [TimeoutError(), OSError(), aiohttp.ClientError(), refused("")])
def test_what_says_nothing_may_pass(error: Exception) -> None:
    assert api_errors.classify(error) is ErrorKind.LATER
    assert isinstance(error, api_errors.FAILURES)


async def again(url: str, *, status: int | None = None, error: Exception | None = None) -> bool:
    """Whether a request is made again after that answer, or without any."""
    request = HttpRequest(method="POST", url=url, headers={})
    response = HttpResponse(status_code=status, headers={}) if status is not None else None
    ours = (api.ServerErrorRetry, api.ConnectionErrorRetry)
    handlers = [each for each in api.retry_handlers() if isinstance(each, ours)]
    return any(
        [
            await each.can_retry_async(state=RetryState(), request=request, response=response, error=error)
            for each in handlers
        ]
    )


UPDATE, POST = "https://slack.com/api/chat.update", "https://slack.com/api/chat.postMessage"


@pytest.mark.parametrize(
    ("status", "repeated"), [(200, False), (404, False), (499, False), (500, True), (503, True), (599, True)]
)
async def test_slacks_own_trouble_is_asked_again_but_nothing_is_posted_twice(status: int, repeated: bool) -> None:
    assert await again(UPDATE, status=status) is repeated
    assert not await again(POST, status=status)


async def test_a_line_that_fails_is_tried_again_and_a_post_only_where_it_never_came_about() -> None:
    never: Any = aiohttp.ClientConnectorError(None, OSError())  # type: ignore[arg-type]
    for error in (never, aiohttp.ServerDisconnectedError()):
        assert await again(UPDATE, error=error)
    assert await again(POST, error=never)
    assert not await again(POST, error=aiohttp.ServerDisconnectedError())


def test_every_way_of_trying_again_ends() -> None:
    assert [handler.max_retry_count for handler in api.retry_handlers()] == [2, 2, 2]


@dataclass
class Knowing:
    """A `Post` that knows who people are; `slow` never answers, `failure` is what it answers instead."""

    users: dict[str, dict[str, Any]] = field(default_factory=dict)
    failure: Exception | None = None
    slow: bool = False
    questions: int = 0

    @property
    def api(self) -> "Knowing":
        return self

    def without_retries(self, token: str) -> "Knowing":
        return self

    async def users_info(self, user: str) -> dict[str, Any]:
        self.questions += 1
        if self.slow:
            await asyncio.Event().wait()
        if self.failure:
            raise self.failure
        return {"user": self.users[user]}


def who(user: str = "U1", name: str = "") -> Request:
    return Request(TEAM, user, name, CHANNEL, "event:1")


@pytest.mark.parametrize(
    ("user", "name"),
    [
        ({"profile": {"display_name": "Ada", "real_name": "Ada L."}, "name": "ada"}, "Ada"),
        ({"profile": {"display_name": "", "real_name": "Ada L."}, "name": "ada"}, "Ada L."),
        ({"name": "ada"}, "ada"),
        ({}, "U1"),
    ],
)
async def test_people_go_by_the_name_that_they_chose(user: dict[str, Any], name: str) -> None:
    known = Profiles(Knowing({"U1": user}))  # type: ignore[arg-type]
    actor = await known.actor(who(name="in passing"))
    assert actor.person == Person("slack", "T1", "U1", name)
    assert (actor.moderator, actor.admin, await known.bot(who())) == (False, False, False)


@pytest.mark.parametrize("key", ["is_admin", "is_owner"])
async def test_who_manages_and_who_is_an_app(key: str) -> None:
    known = Profiles(Knowing({"U1": {key: True, "team_id": "T1"}, "U2": {"is_bot": True}}))  # type: ignore[arg-type]
    actor = await known.actor(who())
    assert actor.moderator
    assert actor.admin
    assert await known.bot(who("U2"))


@pytest.mark.parametrize(
    ("user", "manages"),
    [
        ({"team_id": "T2"}, False),
        ({"team_id": "T2", "enterprise_user": {"teams": ["T1", "T2"]}}, True),
        ({"team_id": "T1", "is_stranger": True}, False),
        ({}, False),
    ],
)
async def test_who_manages_another_workspace_manages_nothing_here(user: dict[str, Any], manages: bool) -> None:
    known = Profiles(Knowing({"U1": {"is_admin": True, "is_owner": True, **user}}))  # type: ignore[arg-type]
    actor = await known.actor(who())
    assert (actor.moderator, actor.admin) == (manages, manages)


async def test_an_answer_is_kept_for_ten_minutes() -> None:
    slack = Knowing({"U1": {"name": "ada"}})
    known = Profiles(slack)  # type: ignore[arg-type]
    for _ in range(2):
        await known.actor(who())
    assert slack.questions == 1
    [(key, profile)] = known.known.items()
    assert profile.until - time.monotonic() == pytest.approx(600, abs=60)
    known.known[key] = replace(profile, until=time.monotonic())
    await known.actor(who())
    assert slack.questions == 2


@pytest.mark.parametrize(("failure", "questions"), [(refused("missing_scope"), 1), (refused("ratelimited"), 2)])
async def test_only_a_refusal_that_lasts_is_remembered(failure: Exception, questions: int) -> None:
    slack = Knowing(failure=failure)
    known = Profiles(slack)  # type: ignore[arg-type]
    for _ in range(2):
        assert (await known.actor(who(name="in passing"))).person.name == "in passing"
    assert slack.questions == questions
    assert (await known.actor(who("U9"))).person.name == "U9"


async def test_a_slack_that_does_not_answer_is_not_waited_for() -> None:
    known = Profiles(Knowing(slow=True), timeout=0.01)  # type: ignore[arg-type]
    assert (await known.actor(who(name="ada"))).person.name == "ada"
    assert profiles.TIMEOUT <= 3, "seconds of which Slack gives a command three"


async def test_what_is_known_stays_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(profiles, "MOST", 2)
    known = Profiles(Knowing({f"U{n}": {"name": str(n)} for n in range(5)}))  # type: ignore[arg-type]
    for number in range(5):
        await known.actor(who(f"U{number}"))
        assert len(known.known) <= 2


@dataclass
class Kept:
    """Rows in a dictionary that count how often one is read."""

    rows: dict[str, bytes] = field(default_factory=dict)
    reads: int = 0

    async def put(self, client: str, team: str, sealed: bytes) -> None:
        self.rows[team] = sealed

    async def get(self, client: str, team: str) -> bytes | None:
        self.reads += 1
        return self.rows.get(team)

    async def all(self, client: str) -> list[tuple[str, bytes]]:
        return list(self.rows.items())

    async def remove(self, client: str, team: str) -> None:
        self.rows.pop(team, None)


async def test_a_workspace_is_trusted_for_a_minute() -> None:
    """Another process may have heard of its end."""
    rows = Kept()
    installed = Installed(rows, TokenCipher.from_secret("s"), "1")
    await installed.add(TEAM)
    assert await installed.find("T1") == TEAM
    assert rows.reads == 0
    until, workspace = installed.known["T1"]
    assert until - time.monotonic() == pytest.approx(60, abs=30)
    installed.known["T1"] = (time.monotonic(), workspace)
    assert await installed.find("T1") == TEAM
    assert rows.reads == 1
    assert installed.known["T1"][0] > time.monotonic()
    rows.rows.clear()
    installed.known["T1"] = (time.monotonic(), workspace)
    assert await installed.find("T1") is None


async def test_a_token_under_another_secret_opens_nothing_and_harms_nobody() -> None:
    rows = Kept()
    await Installed(rows, TokenCipher.from_secret("another"), "1").add(TEAM)
    installed = Installed(rows, TokenCipher.from_secret("s"), "1")
    assert await installed.find("T1") is None
    assert await installed.all() == []
    await installed.forget("T1")
    assert rows.rows == {}
