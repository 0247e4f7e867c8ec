"""How many kicks one may make at a console: on a database of its own as many as one likes."""

from pathlib import Path

import pytest

from tests.bots.console import chatting


async def test_whoever_keeps_the_database_makes_as_many_as_they_like_and_each_is_counted(data: Path) -> None:
    lines = ["-c", "kick hit count:4"] * 3
    ended = await chatting.kickbot(data, "chat", "--json", *lines, "-c", "account status")
    assert ended.status == 0, ended.out
    *kicks, status = ended.replies
    assert len(kicks) == 12
    assert (status["made"], status["dailyLimit"]) == (12, None)
    assert status["text"].startswith("12 kicks made today; the count starts again at ")


async def test_those_who_speak_there_too(data: Path) -> None:
    lines = ["-c", "kick hit count:4"] * 3
    ended = await chatting.kickbot(data, "chat", "--json", "--as", "bob", *lines)
    assert [reply["ok"] for reply in ended.replies] == [True] * 12


@pytest.mark.parametrize(
    ("setting", "start"),
    [
        ("KICKBOT_DAILY_LIMIT", "You have made 1 kick today; the count"),
        ("KICKBOT_GLOBAL_LIMIT", "Kickbot has made as many kicks today as it may; the count"),
    ],
)
async def test_a_limit_that_is_set_holds_and_is_named(data: Path, setting: str, start: str) -> None:
    ended = await chatting.kickbot(data, "chat", "--json", "-c", "kick hit", "-c", "kick hit", **{setting: "1"})
    assert [reply["ok"] for reply in ended.replies] == [True, False]
    text = ended.replies[1]["text"]
    assert text.startswith(start)
    assert text.endswith(f" {setting} sets the limit.")


@pytest.mark.parametrize(("line", "limit"), [("KICKBOT_DAILY_LIMIT=", None), ("KICKBOT_DAILY_LIMIT=10", 10)])
async def test_one_that_is_empty_in_the_env_file_is_not_set(data: Path, line: str, limit: int | None) -> None:
    (data / ".env").write_text(f"{line}\n")
    [status] = (await chatting.kickbot(data, "chat", "--json", "-c", "account status", KICKBOT_ENV_FILE=".env")).replies
    assert status["dailyLimit"] == limit


async def test_demo_spends_nothing(data: Path) -> None:
    limits = {"KICKBOT_DAILY_LIMIT": "1", "KICKBOT_GLOBAL_LIMIT": "1"}
    for _ in range(3):
        ended = await chatting.kickbot(data, "demo", **limits)
        assert ended.status == 0, ended.out
        assert "AI: " in ended.out
    ended = await chatting.kickbot(data, "chat", "--json", "-c", "account status", "-c", "kick hit", **limits)
    status, kick = ended.replies
    assert (status["made"], status["takes"]) == (0, 3)
    assert kick["ok"]
