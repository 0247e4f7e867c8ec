"""What ends a program from outside: SIGTERM, Ctrl-C and SIGHUP, whatever it is doing."""

import asyncio
import os
import signal
import threading
from asyncio.subprocess import PIPE
from pathlib import Path

import pytest

from db.postgres import embedded, migrate, pool
from db.postgres.database import Database
from tests import ports, postgres
from tests.bots.console import chatting
from tests.bots.console.processes import ENDINGS, end, server_of, start, until
from tests.bots.console.workers import finish, submitted
from tests.db.users import runs
from tests.fakes.hub import Hub
from tests.fakes.modal_app import ModalApp
from tests.fakes.modal_server import ModalServer


@pytest.mark.parametrize("number", ENDINGS)
async def test_a_kick_in_the_making_is_left_to_the_next_process(
    data: Path, settings: dict[str, str], app: ModalApp, number: signal.Signals
) -> None:
    process = await start(data, "chat", "-c", "kick hit house seed:5", "-c", "kick hit house seed:6", **settings)
    await submitted(data)
    server = server_of(data)
    assert await end(process, number) == (128 + number, "")
    assert not runs(server)
    finish(app)
    async with chatting.chat(data, **settings) as chat, asyncio.timeout(40):
        taken_over = await chat.say("")
        assert (taken_over["kind"], taken_over["seed"]) == ("kick", 5)
    assert [call.function for call in app.calls.values()].count("generate") == 1, "it went on where it was"


@pytest.mark.parametrize("number", ENDINGS)
async def test_lines_of_standard_input_that_stays_open(data: Path, number: signal.Signals) -> None:
    process = await start(data, "chat", PORT=str(ports.free_port()))
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(b"help\nacc")
    await process.stdout.readline()
    server = server_of(data)
    assert await end(process, number) == (128 + number, "")
    assert not runs(server)


@pytest.mark.parametrize("number", ENDINGS)
async def test_run_ends_well(data: Path, number: signal.Signals) -> None:
    process = await start(data, "run", PORT=str(ports.free_port()))
    assert process.stderr is not None
    while b"Kickbot serves" not in (line := await process.stderr.readline()):
        assert line, "it ended"
    server = server_of(data)
    status, said = await end(process, number)
    assert (status, said.count("\n")) == (0, 1), said
    assert not runs(server)


async def test_run_ends_though_a_platform_does_not_answer(data: Path) -> None:
    async def listen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    async with await asyncio.start_server(listen, "127.0.0.1", 0) as silent:
        port = silent.sockets[0].getsockname()[1]
        slack = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1", "SLACK_API_URL": f"http://127.0.0.1:{port}"}
        process = await start(data, "run", PORT=str(ports.free_port()), **slack)
        await until((data / "postgres" / "server" / ".s.PGSQL.5432").exists)
        await asyncio.sleep(3)
        status, said = await end(process, signal.SIGTERM)
        assert (status, "serves" in said) == (0, False), said


@pytest.mark.parametrize("number", ENDINGS)
async def test_run_ends_while_its_database_does_not_answer(data: Path, number: signal.Signals) -> None:
    reached = asyncio.Event()

    async def listen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        reached.set()
        await reader.read()
        writer.close()

    async with await asyncio.start_server(listen, "127.0.0.1", 0) as silent:
        elsewhere = {
            "DB_HOST": "127.0.0.1",
            "DB_PORT": str(silent.sockets[0].getsockname()[1]),
            "DB_USER": "kickbot",
            "DB_PASSWORD": "secret",
            "DB_SSL": "unverified",
            "SECRET_KEY": "k" * 50,
            "KICKBOT_FILES": str(data / "files"),
            "PUBLIC_URL": "https://kick.example",
        }
        process = await start(data, "run", PORT=str(ports.free_port()), **elsewhere)
        async with asyncio.timeout(60):
            await reached.wait()
        assert (await end(process, number))[0] == 128 + number


async def test_what_is_ignored_stays_ignored(data: Path) -> None:
    """As under `nohup`."""
    port = ports.free_port()
    environment = chatting.environment(data, PORT=str(port))
    process = await asyncio.create_subprocess_exec(
        "nohup", *chatting.PROGRAM, "run", env=environment, cwd=data, stdin=PIPE, stdout=PIPE, stderr=PIPE
    )
    assert process.stderr is not None
    while b"Kickbot serves" not in (line := await process.stderr.readline()):
        assert line, "it ended"
    process.send_signal(signal.SIGHUP)
    await asyncio.sleep(1)
    assert process.returncode is None
    assert (await end(process, signal.SIGTERM))[0] == 0


@pytest.mark.parametrize("number", ENDINGS)
@pytest.mark.parametrize("command", ["migrate", "run"])
async def test_a_migration_that_waits(data: Path, command: str, number: signal.Signals) -> None:
    async with embedded.embedded(data / "postgres") as target, pool.open_pool(target) as connections:
        server = server_of(data)
        async with Database(connections, idle=60).transaction() as holding:
            await holding.execute(f"SELECT pg_advisory_xact_lock({migrate.LOCK})")
            process = await start(data, command, PORT=str(ports.free_port()))
            waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'advisory'"
            while not await postgres.ask(target, waiting):
                pass
            assert await end(process, number) == (128 + number, "")
            assert runs(server), "somebody else uses it"
    assert not runs(server)


@pytest.mark.parametrize("number", ENDINGS)
async def test_warming_that_waits(
    data: Path, settings: dict[str, str], modal: ModalServer, number: signal.Signals
) -> None:
    modal.silent.add("FunctionUpdateSchedulingParams")
    process = await start(data, "warm", "2h", KICK_CONNECT_SECONDS="60", **settings)
    await until(lambda: "FunctionUpdateSchedulingParams" in modal.requests)
    server = server_of(data)
    assert await end(process, number) == (128 + number, "")
    assert not runs(server)


@pytest.mark.parametrize("number", ENDINGS)
async def test_a_download_ends_at_once(data: Path, number: signal.Signals) -> None:
    """By the signal itself, which a shell tells as 128 and its number: there is nothing to leave in order."""
    silent = threading.Event()
    with Hub("zhinit/kick-gen-v1", "0" * 40, {}, silent=silent).running() as hub:
        process = await start(data, "model", "download", HF_ENDPOINT=hub.endpoint)
        await until(lambda: hub.asked)
        assert await end(process, number) == (-number, "")
        silent.set()


async def test_a_player_does_not_outlive_the_program(data: Path) -> None:
    player = data / "afplay"
    player.write_text(f"#!/bin/sh\necho $$ > {data}/playing.new\nmv {data}/playing.new {data}/playing\nexec sleep 60\n")
    player.chmod(0o755)
    path = f"{data}:{os.environ['PATH']}"
    process = await start(data, "chat", "--play", "-c", "kick hit house", PATH=path)
    await until((data / "playing").exists)
    assert await end(process, signal.SIGTERM) == (128 + signal.SIGTERM, "")
    assert not runs(int((data / "playing").read_text()))
