"""What an operator is told at the start: with what it runs, and no secret."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from bots import settings
from bots.cli import start_block
from db.postgres import pool
from tests import ports
from tests.bots.console import chatting
from tests.fakes.storage import StorageServer

SECRETS = {
    "DB_PASSWORD": "hush-1",
    "SUPABASE_SERVICE_KEY": "hush-2",
    "SECRET_KEY": "hush-3",
    "DISCORD_TOKEN": "hush-4",
    "SLACK_BOT_TOKEN": "xoxb-hush-5",
    "SLACK_APP_TOKEN": "xapp-hush-6",
    "SLACK_SIGNING_SECRET": "hush-7",
    "MODAL_TOKEN_SECRET": "hush-8",
}
REAL = SECRETS | {
    "DB_HOST": "pooler.example",
    "DB_USER": "postgres.ref",
    "SUPABASE_URL": "https://ref.supabase.co",
    "MODAL_TOKEN_ID": "ak-1",
    "PUBLIC_URL": "https://kick.example",
    "KICKBOT_DAILY_LIMIT": "7",
    "DISCORD_COMMAND": "/boom",
}


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in settings.Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


def block(monkeypatch: pytest.MonkeyPatch, env_file: Path | None, **values: str) -> dict[str, str]:
    """The block's lines by what they begin with."""
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    read = settings.read(env_file)
    text = start_block.text(
        read, env_file=env_file, engine="synth", address="http://localhost:8000", listening="0.0.0.0"
    )
    assert "hush" not in text
    first, *lines = text.splitlines()
    assert first == "Kickbot runs with"
    return {line[2:13].rstrip(): line[13:] for line in lines}


def test_with_nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert block(monkeypatch, None, KICKBOT_DATA=str(tmp_path)) == {
        "settings": "the environment",
        "database": f"a PostgreSQL of Kickbot's own for {tmp_path} (DB_HOST is not set)",
        "files": f"{tmp_path}/files, at http://localhost:8000/files",
        "engine": "synth (KICK_ENGINE=auto)",
        "platforms": "none",
        "address": "http://localhost:8000, listening at 0.0.0.0, port 8000",
        "limits": "10 kicks a day for an account and 1000 for all together, 30 kept in a library, takes for 90 days",
    }


def test_with_everything_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").touch()
    told = block(monkeypatch, tmp_path / ".env", **REAL)
    assert told["settings"] == f"the environment, then {tmp_path}/.env"
    assert told["database"] == "postgres at pooler.example, port 6543, as postgres.ref"
    assert told["files"] == "the bucket at https://ref.supabase.co"
    assert told["platforms"] == "Discord (/boom), Slack (/kickdrum; Socket Mode, HTTP)"
    assert told["limits"].startswith("7 kicks a day")


def test_many_workspaces(monkeypatch: pytest.MonkeyPatch) -> None:
    slack = {"SLACK_CLIENT_ID": "1", "SLACK_CLIENT_SECRET": "hush", "SLACK_SIGNING_SECRET": "hush"}
    assert block(monkeypatch, None, **slack)["platforms"] == "Slack (/kickdrum; HTTP, many workspaces)"


@pytest.mark.parametrize(
    ("values", "warned"),
    [
        ({}, ["no platform has a token"]),
        ({"DISCORD_TOKEN": "t", "SECRET_KEY": "k" * 32}, []),
        ({"DISCORD_TOKEN": "t", "SECRET_KEY": "hush" * 7}, ["SECRET_KEY is short (28 bytes)"]),
        ({"SECRET_KEY": "ü" * 15}, ["no platform has a token", "SECRET_KEY is short (30 bytes)"]),
    ],
)
def test_what_is_hardly_meant_is_warned_of(
    monkeypatch: pytest.MonkeyPatch, values: dict[str, str], warned: list[str]
) -> None:
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    told = list(start_block.warnings(settings.read(None)))
    assert len(told) == len(warned)
    assert all(text.startswith(beginning) for text, beginning in zip(told, warned, strict=True))
    assert not any("hush" in text for text in told)


async def test_run_says_so_before_it_serves(data: Path, target: pool.Target, pgbouncer: pool.Target) -> None:
    pooled = replace(pgbouncer, name=target.name)
    env = data / "production.env"
    async with StorageServer() as storage:
        env.write_text(
            f"DB_HOST={pooled.host}\nDB_PORT={pooled.port}\nDB_NAME={pooled.name}\nDB_USER={pooled.user}\n"
            f"DB_PASSWORD={pooled.password or 'any'}\nSUPABASE_URL={storage.url}\n"
            f"SUPABASE_SERVICE_KEY={storage.secret_key}\nSECRET_KEY=hush\nKICK_ENGINE=synth\nPORT={ports.free_port()}\n"
        )
        environment = chatting.environment(data, KICKBOT_ENV_FILE=str(env))
        process = await asyncio.create_subprocess_exec(
            *chatting.PROGRAM, "run", env=environment, cwd=data, stderr=asyncio.subprocess.PIPE
        )
        assert process.stderr is not None
        said = ""
        async with asyncio.timeout(60):
            while "Kickbot serves" not in said:
                line = await process.stderr.readline()
                assert line, said
                said += line.decode()
        process.terminate()
        await process.wait()
    assert f"database   {pooled.name} at {pooled.host}, port {pooled.port}, as {pooled.user}\n" in said
    assert f"files      the bucket at {storage.url}\n" in said
    assert f"settings   the environment, then {env}\n" in said
    assert "WARNING bots.cli.run: no platform has a token" in said
    assert "WARNING bots.cli.run: SECRET_KEY is short (4 bytes)" in said
    assert "hush" not in said
    assert storage.secret_key not in said


async def test_migrate_says_which_database_it_was(data: Path) -> None:
    ended = await chatting.kickbot(data, "migrate")
    assert ended.status == 0, ended.err
    last = f"The database is up to date: a PostgreSQL of Kickbot's own for {data} (DB_HOST is not set)."
    assert ended.out.splitlines()[-1] == last


async def test_a_folder_for_files_that_cannot_be_written_to_is_named(data: Path) -> None:
    (data / "file").touch()
    ended = await chatting.kickbot(data, "chat", "-c", "help", KICKBOT_FILES=str(data / "file" / "sounds"))
    assert ended.status == 2
    told = f"kickbot: KICKBOT_FILES: {data}/file/sounds cannot be written to (Not a directory)\n"
    assert ended.err == told
