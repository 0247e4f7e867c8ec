"""What comes from outside: SIGTERM, Ctrl-C, a terminal that is closed, and the end of the server that one uses."""

import asyncio
import os
import signal
import termios
import threading
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import aiohttp
import asyncpg
import pexpect
import pytest

from db.postgres import cluster, embedded, migrate, pool
from db.postgres.database import Database
from tests import ports, postgres
from tests.bots.console import chatting
from tests.bots.console.test_terminal import terminal
from tests.db.users import runs
from tests.fakes import modal_calls
from tests.fakes.engine import decaying_sine
from tests.fakes.hub import Hub
from tests.fakes.modal_app import ModalApp
from tests.fakes.modal_server import TOKEN, ModalServer
from tests.gpu.engines.kicks import kick

ENDINGS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
PATIENT = {"KICKBOT_LEASE_SECONDS": "300"}  # what is not released is not taken over while a test lasts


@pytest.fixture
def app() -> ModalApp:
    """A worker that is still at work when the test ends."""
    app = ModalApp()
    app.methods = {"generate": lambda _: modal_calls.never()}
    app.functions = {"describe": lambda _: modal_calls.returns({"revision": "abc123", "vocabulary": ["hit", "house"]})}
    return app


@pytest.fixture
def modal(app: ModalApp) -> ModalServer:
    """What is in front of the worker."""
    return ModalServer(app)


@pytest.fixture
async def settings(modal: ModalServer) -> AsyncIterator[dict[str, str]]:
    """Kicks come from the worker."""
    async with modal.listen() as url:
        yield {"MODAL_SERVER_URL": url, "MODAL_TOKEN_ID": TOKEN[0], "MODAL_TOKEN_SECRET": TOKEN[1], **PATIENT}


async def start(data: Path, *words: str, **settings: str) -> Process:
    return await asyncio.create_subprocess_exec(
        *chatting.PROGRAM,
        *words,
        env=chatting.environment(data, **settings),
        cwd=data,
        stdin=PIPE,
        stdout=PIPE,
        stderr=PIPE,
    )


async def end(process: Process, number: signal.Signals) -> tuple[int, str]:
    """How it ended on that signal, and what it had to say of it. Its standard input stays open."""
    process.send_signal(number)
    assert process.stderr is not None
    async with asyncio.timeout(40):
        said = await process.stderr.read()
        return await process.wait(), said.decode()


async def until(there: Callable[[], object]) -> None:
    """Wait until it is so."""
    async with asyncio.timeout(60):
        while not there():  # noqa: ASYNC110  # another process makes it so
            await asyncio.sleep(0.02)


def server_of(data: Path) -> int:
    """The process of the embedded PostgreSQL of `data`."""
    return int((data / "postgres" / "server" / "data" / "postmaster.pid").read_text().split()[0])


async def submitted(data: Path, count: int = 1) -> None:
    """Wait until so many kicks have gone to the worker and their calls are noted."""
    target = pool.Target(str(data / "postgres" / "server"), cluster.PORT, "postgres", "postgres")
    async with asyncio.timeout(60):
        while await asked(target, "SELECT count(call_id) FROM kickbot.job") < count:
            pass


async def asked(target: pool.Target, sql: str) -> int:
    """The number that the query gives; 0 while there is nothing to ask yet."""
    try:
        return int(await postgres.ask(target, sql))
    except (OSError, asyncpg.PostgresError):
        return 0


def finish(app: ModalApp) -> None:
    """The worker has made what it was called for, and makes at once what it is called for again."""
    for call in app.calls.values():
        call.outcome = made(call.arguments)
    app.methods = {"generate": made}


def made(given: dict[str, Any]) -> modal_calls.Outcome:
    return modal_calls.returns(kick(audio=decaying_sine(1), seed=given.get("seed"), ignored=[]))


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
        async with Database(connections).transaction() as holding:
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


async def ended(child: "pexpect.spawn[str]") -> int | None:
    """The exit status of a process in a terminal that may be closed."""
    async with asyncio.timeout(40):
        return await asyncio.to_thread(child.wait)


def hang_up(child: "pexpect.spawn[str]") -> None:
    """Close the terminal, as its window or a lost line does."""
    with Path(os.devnull).open() as nothing:
        os.dup2(nothing.fileno(), child.fileno())


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("command", ["chat", "demo"])
async def test_a_prompt_leaves_the_terminal_as_it_was(data: Path, command: str, number: signal.Signals) -> None:
    with terminal(data, command, PORT=str(ports.free_port())) as child:
        before = termios.tcgetattr(child.fileno())
        child.expect("\\?2004h")  # the prompt is there: what is pasted is marked
        assert termios.tcgetattr(child.fileno()) != before
        server = server_of(data)
        child.kill(number)
        child.expect("\\?2004l")
        child.expect(pexpect.EOF)
        assert termios.tcgetattr(child.fileno()) == before
        assert await ended(child) == 128 + number
        assert not runs(server)


@pytest.mark.parametrize("command", ["chat", "demo"])
async def test_a_closed_terminal_at_the_prompt(data: Path, command: str) -> None:
    with terminal(data, command, PORT=str(ports.free_port())) as child:
        child.expect("\\?2004h")
        server = server_of(data)
        hang_up(child)
        assert await ended(child) == 128 + signal.SIGHUP
        assert not runs(server)


@pytest.mark.parametrize("command", ["chat", "demo"])
async def test_a_terminal_closed_while_a_kick_is_made(
    data: Path, settings: dict[str, str], app: ModalApp, command: str
) -> None:
    with terminal(data, command, **settings) as child:
        if command == "chat":
            await asyncio.to_thread(child.expect, "\\?2004h")
            child.sendline("/kick hit house")
        await submitted(data)
        server = server_of(data)
        hang_up(child)
        assert await ended(child) == 128 + signal.SIGHUP
        assert not runs(server)
    finish(app)
    async with chatting.chat(data, **settings) as chat, asyncio.timeout(40):
        assert (await chat.say(""))["kind"] == "kick"


async def test_ctrl_c_stops_a_kick_for_good_and_the_chat_goes_on(
    data: Path, settings: dict[str, str], app: ModalApp
) -> None:
    with terminal(data, "chat", **settings) as child:
        for count in (1, 2):
            await asyncio.to_thread(child.expect, "\\?2004h")
            child.sendline("/kick hit house")
            await submitted(data, count)
            child.sendintr()
            await asyncio.to_thread(child.expect, "was cancelled")
        child.kill(signal.SIGTERM)
        assert await ended(child) == 128 + signal.SIGTERM
    assert all(call.cancelled.is_set() for call in app.calls.values() if call.function == "generate")


async def test_a_player_does_not_outlive_the_program(data: Path) -> None:
    player = data / "afplay"
    player.write_text(f"#!/bin/sh\necho $$ > {data}/playing.new\nmv {data}/playing.new {data}/playing\nexec sleep 60\n")
    player.chmod(0o755)
    path = f"{data}:{os.environ['PATH']}"
    process = await start(data, "chat", "--play", "-c", "kick hit house", PATH=path)
    await until((data / "playing").exists)
    assert await end(process, signal.SIGTERM) == (128 + signal.SIGTERM, "")
    assert not runs(int((data / "playing").read_text()))


async def test_a_kick_survives_the_death_of_the_server(data: Path, settings: dict[str, str], app: ModalApp) -> None:
    async with chatting.chat(data, **settings) as chat:
        saying = asyncio.create_task(chat.say("/kick hit house seed:5"))
        await submitted(data)
        os.kill(server_of(data), signal.SIGKILL)
        finish(app)
        reply = await saying
        assert (reply["kind"], reply["seed"]) == ("kick", 5)
        assert [kick["id"] for kick in (await chat.say("kicks"))["kicks"]] == [reply["id"]]


async def ready(http: aiohttp.ClientSession, port: int) -> bool:
    """What `/readyz` says."""
    async with http.get(f"http://127.0.0.1:{port}/readyz") as answer:
        return bool((await answer.json())["ready"])


async def test_a_server_that_dies_is_started_again_and_that_is_logged(data: Path) -> None:
    port = ports.free_port()
    process = await start(data, "run", PORT=str(port))
    assert process.stderr is not None
    while b"Kickbot serves" not in (line := await process.stderr.readline()):
        assert line, "it ended"
    async with aiohttp.ClientSession() as http:
        for _ in range(3):
            os.kill(server_of(data), signal.SIGKILL)
            async with asyncio.timeout(60):
                while not await ready(http, port):
                    pass  # it answers in time, perhaps before the server is there again
            while b"PostgreSQL was gone and has been started again" not in (line := await process.stderr.readline()):
                assert line, "it ended"
    assert (await end(process, signal.SIGTERM))[0] == 0
