"""The end of the server that one uses."""

import asyncio
import os
import signal
from pathlib import Path

import aiohttp

from tests import ports
from tests.bots.console import chatting
from tests.bots.console.processes import end, server_of, start
from tests.bots.console.workers import finish, submitted
from tests.fakes.modal_app import ModalApp


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


async def told(stderr: asyncio.StreamReader, text: bytes) -> None:
    """Wait for a line with that text."""
    while text not in (line := await stderr.readline()):
        assert line, "it ended"


async def test_a_server_that_dies_is_started_again_and_that_is_logged(data: Path) -> None:
    port = ports.free_port()
    process = await start(data, "run", PORT=str(port))
    assert process.stderr is not None
    await told(process.stderr, b"Kickbot serves")
    async with aiohttp.ClientSession() as http:
        for _ in range(3):
            os.kill(server_of(data), signal.SIGKILL)
            again = asyncio.create_task(told(process.stderr, b"PostgreSQL was gone and has been started again"))
            async with asyncio.timeout(60):
                # A connection outlives the server for a moment, so one answer that all is well says nothing.
                while not (await ready(http, port) and again.done()):
                    pass
            await again
    assert (await end(process, signal.SIGTERM))[0] == 0
