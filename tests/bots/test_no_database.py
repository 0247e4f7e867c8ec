"""`kickbot` where a setting of the database is wrong: at the start, and later."""

import asyncio
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import aiohttp
import pytest

from db.postgres import pool
from tests import other_postgres, ports, postgres
from tests.bots.console import chatting

PASSWORD = "hunter2"
SETUP = (
    f"CREATE ROLE app LOGIN PASSWORD '{PASSWORD}'",
    "GRANT CREATE ON DATABASE postgres TO app",
    "GRANT ALL ON SCHEMA public TO app",
)
COMMANDS: tuple[tuple[str, ...], ...] = (("run",), ("chat", "-c", "/kick hit house"), ("warm", "2h"), ("migrate",))


@pytest.fixture(scope="module")
def server() -> Iterator[pool.Target]:
    """A PostgreSQL that asks the user `app` for a password, by its socket."""
    if other_postgres.programs("15") is None:
        pytest.skip("PostgreSQL 15 is not installed")
    with TemporaryDirectory(prefix="kickbot-server-") as name:
        Path(name).chmod(0o755)
        with other_postgres.over_tcp(Path(name), "host all all 127.0.0.1/32 scram-sha-256", SETUP) as target:
            yield target


@pytest.fixture
def right(server: pool.Target, tmp_path: Path) -> dict[str, str]:
    """Settings with which all works."""
    return {
        "DB_HOST": "127.0.0.1",
        "DB_PORT": str(server.port),
        "DB_NAME": "postgres",
        "DB_USER": "app",
        "DB_PASSWORD": PASSWORD,
        "SECRET_KEY": "k" * 50,
        "KICKBOT_FILES": str(tmp_path / "files"),
        "PUBLIC_URL": "http://kick.example",
    }


WRONG = {
    "DB_PASSWORD": (
        "hunter3",
        r'DB_PASSWORD or DB_USER: \S+ answers: password authentication failed for user "app"\. ',
    ),
    "DB_USER": ("ap", r'DB_PASSWORD or DB_USER: \S+ answers: password authentication failed for user "ap"\. '),
    "DB_NAME": ("nothing", r'DB_NAME: \S+ answers: database "nothing" does not exist\. '),
    "DB_HOST": ("nowhere.invalid", r'DB_HOST: the name "nowhere\.invalid" does not resolve '),
    "DB_PORT": ("1", r"DB_PORT or DB_HOST: nobody listens at 127\.0\.0\.1:1 \(connection refused\)\. "),
}


EVERY_COMMAND = [("DB_PASSWORD", words) for words in COMMANDS]
EVERY_VARIABLE = [(name, COMMANDS[0]) for name in WRONG if name != "DB_PASSWORD"]


@pytest.mark.parametrize(("name", "words"), EVERY_COMMAND + EVERY_VARIABLE)
async def test_the_start_says_what_is_wrong(
    data: Path, right: dict[str, str], name: str, words: tuple[str, ...]
) -> None:
    value, said = WRONG[name]
    ended = await chatting.kickbot(data, *words, **right | {name: value})
    assert ended.status == 2
    assert ended.out == ""
    [line] = [line for line in ended.err.splitlines() if "DB_SSL_CA" not in line]
    assert re.match("kickbot: the database cannot be used. " + said, line)
    for secret in (PASSWORD, right["SECRET_KEY"], *([value] if name == "DB_PASSWORD" else [])):
        assert secret not in ended.err


async def test_what_happens_later_is_told_in_the_log_and_not_to_people(
    data: Path, right: dict[str, str], server: pool.Target
) -> None:
    """The password is changed while Kickbot runs: people, and whoever asks `/readyz`, read nothing of settings."""
    port = ports.free_port()
    settings = right | {"PORT": str(port), "KICK_ENGINE": "synth"}
    assert (await chatting.kickbot(data, "migrate", **settings)).status == 0
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bots", "chat", "--json"),
        env=chatting.environment(data, **settings),
        cwd=data,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    chat = chatting.Chat(process)
    assert "error" not in await chat.say("account status")
    await postgres.run(server, "ALTER ROLE app PASSWORD 'another'")
    try:
        await postgres.run(server, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'app'")
        told = str(await chat.say("account status"))
        url = f"http://127.0.0.1:{port}/readyz"
        async with aiohttp.ClientSession() as http, http.get(url, headers={"Host": "kick.example"}) as answer:
            ready = (answer.status, await answer.json())
        _, err = await process.communicate(b"")
    finally:
        await postgres.run(server, f"ALTER ROLE app PASSWORD '{PASSWORD}'")
    assert ready == (503, {"ready": False, "parts": {"database": "down"}})
    assert "refuses its user, password or database name, which its operator can set right" in told
    assert "DB_PASSWORD" not in told
    diagnosis = (
        f'DB_PASSWORD or DB_USER: 127.0.0.1:{server.port} answers: password authentication failed for user "app"'
    )
    log = err.decode()
    assert f"DatabaseRefused: {diagnosis}. " in log
    assert f"database is down: {diagnosis}. " in log
    assert PASSWORD not in log + told
