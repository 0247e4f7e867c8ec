"""The `kickbot` command: what its words mean, and how it ends."""

import logging
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bots import __main__ as program
from bots import settings


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """No setting of this machine or of this checkout, an empty home, and afterwards the log as it was before."""
    for name in (*settings.Settings.model_fields, "kickbot_env_file"):
        monkeypatch.delenv(name.upper(), raising=False)
    (tmp_path / ".env").touch()
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


COMMANDS = ("demo", "chat", "run", "discord-sync", "slack-manifest", "migrate", "model", "warm")


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        program.main(["--help"])
    assert ended.value.code == 0
    told = capsys.readouterr().out
    assert [command for command in COMMANDS if not re.search(rf"(?m)^    {command}\s+\w", told)] == []


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("dance",),
        ("model",),
        ("model", "bake"),
        ("warm",),
        ("slack-manifest", "--mode", "fax"),
        ("chat", "--loud"),
        ("demo", "-c", "kick"),
    ],
)
def test_what_is_no_command_ends_with_how_it_is_used(
    words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        program.main(words)
    assert ended.value.code == 2
    assert capsys.readouterr().err.startswith("usage: kickbot")


def test_the_manifest_is_for_socket_mode_and_the_name_that_is_set(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SLACK_COMMAND", "drum")
    assert program.main(["slack-manifest"]) == 0
    told = capsys.readouterr()
    assert '"/drum"' in told.out
    assert '"socket_mode_enabled": true' in told.out
    assert told.err == ""
    assert program.main(["slack-manifest", "--command", "/boom"]) == 0
    assert '"/boom"' in capsys.readouterr().out


@pytest.mark.parametrize(("public", "warned"), [("https://kick.example", False), (None, True)])
def test_the_manifest_for_http_needs_an_address(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], public: str | None, warned: bool
) -> None:
    if public:
        monkeypatch.setenv("PUBLIC_URL", public)
    assert program.main(["slack-manifest", "--mode", "http"]) == 0
    told = capsys.readouterr()
    assert f"{public or 'https://kickbot.example'}/slack/events" in told.out
    assert ("PUBLIC_URL is not set" in told.err) is warned


@pytest.mark.parametrize(("debug", "level"), [("true", logging.DEBUG), ("false", logging.INFO)])
def test_debug_tells_more(monkeypatch: pytest.MonkeyPatch, debug: str, level: int) -> None:
    monkeypatch.setenv("DEBUG", debug)
    program.main(["slack-manifest"])
    assert logging.getLogger().level == level


def test_an_env_file_here_counts_and_a_wrong_one_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / ".env").write_text("SLACK_COMMAND=drum\n")
    assert program.main(["slack-manifest"]) == 0
    assert '"/drum"' in capsys.readouterr().out
    (tmp_path / ".env").write_text("PORT=none\n")
    assert program.main(["slack-manifest"]) == 2
    told = capsys.readouterr().err
    assert told.startswith("kickbot: PORT: ")
    assert told.count("\n") == 1


def test_the_env_file_that_is_named_counts_alone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / ".env").write_text("SLACK_COMMAND=drum\n")
    (tmp_path / "production.env").write_text("KICKBOT_DAILYLIMIT=3\n")
    monkeypatch.setenv("KICKBOT_ENV_FILE", "production.env")
    assert program.main(["slack-manifest"]) == 0
    told = capsys.readouterr()
    assert '"/kickdrum"' in told.out
    assert "perhaps KICKBOT_DAILY_LIMIT is meant" in told.err
    monkeypatch.setenv("KICKBOT_ENV_FILE", "productoin.env")
    assert program.main(["slack-manifest"]) == 2
    assert capsys.readouterr().err == f"kickbot: KICKBOT_ENV_FILE: there is no file {tmp_path}/productoin.env\n"


def test_ctrl_c_ends_it_as_a_shell_expects(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> settings.Settings:
        raise KeyboardInterrupt

    monkeypatch.setattr(settings, "read", interrupted)
    assert program.main(["slack-manifest"]) == 130


def test_a_library_that_is_missing_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "slack_bolt", None)  # as where it is not installed
    assert program.main(["slack-manifest"]) == 2
    assert "kickbot[slack]" in capsys.readouterr().err


def test_a_misspelt_setting_is_warned_of_without_its_value(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / ".env").write_text("DISCORD_TOKENN=hush\n")
    assert program.main(["slack-manifest"]) == 0
    told = capsys.readouterr().err
    assert "DISCORD_TOKENN is no setting of Kickbot and counts for nothing; perhaps DISCORD_TOKEN is meant" in told
    assert "hush" not in told


def test_a_command_that_slack_does_not_take_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert program.main(["slack-manifest", "--command", "kick drum"]) == 2
    assert capsys.readouterr().err.startswith("kickbot: --command: must be a command of 1 to 31 small letters")
