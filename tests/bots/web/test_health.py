"""Liveness depends on nothing; readiness on every part, without telling strangers why one is down."""

import asyncio
import gc
import logging

import aiohttp
import pytest

from bots.web import app, health, options
from core import errors
from db.postgres import pool
from db.postgres.database import Database
from tests import wire
from tests.bots.web.conftest import Serve

OPTIONS = options.WebOptions("https://kick.example")


async def up() -> None:
    pass


async def down() -> None:
    raise ConnectionError("postgres://kickbot:hunter2@db.example refused")


async def stuck() -> None:
    await asyncio.Event().wait()


async def test_alive_whatever_else_is_down(serve: Serve, client: aiohttp.ClientSession) -> None:
    async with client.get(await serve(app.web_app(OPTIONS, {"database": down})) + "/healthz") as response:
        assert response.status == 200
        assert await response.json() == {"alive": True}
        assert response.headers["Cache-Control"] == "no-store"


async def test_ready_when_every_part_is_up(serve: Serve, client: aiohttp.ClientSession) -> None:
    async with client.get(await serve(app.web_app(OPTIONS, {"database": up, "files": up})) + "/readyz") as response:
        assert response.status == 200
        assert await response.json() == {"ready": True, "parts": {"database": "up", "files": "up"}}


async def test_the_part_that_is_down_is_named_and_no_secret_told(
    serve: Serve, client: aiohttp.ClientSession, caplog: pytest.LogCaptureFixture
) -> None:
    async with client.get(await serve(app.web_app(OPTIONS, {"database": down, "files": up})) + "/readyz") as response:
        assert response.status == 503
        assert await response.json() == {"ready": False, "parts": {"database": "down", "files": "up"}}
    assert [record.levelno for record in caplog.records if record.name == health.__name__] == [logging.WARNING]


async def test_a_part_that_does_not_answer_is_down(
    serve: Serve, client: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "PATIENCE", 0.05)
    async with client.get(await serve(app.web_app(OPTIONS, {"database": stuck, "files": up})) + "/readyz") as response:
        assert response.status == 503
        assert await response.json() == {"ready": False, "parts": {"database": "down", "files": "up"}}


async def test_a_part_that_hangs_is_asked_once_however_many_want_to_know(
    serve: Serve, client: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "PATIENCE", 0.05)
    asked, answering = 0, asyncio.Event()

    async def slow() -> None:
        nonlocal asked
        asked += 1
        await answering.wait()

    site = await serve(app.web_app(OPTIONS, {"database": slow}))

    async def state() -> str:
        async with client.get(site + "/readyz") as response:
            return str((await response.json())["parts"]["database"])

    assert list(await asyncio.gather(state(), state(), state())) == ["down"] * 3
    assert (await state(), asked) == ("down", 1)
    answering.set()
    assert [await state(), await state()] == ["up", "up"]
    assert asked > 1, "what it said once does not hold for good"


async def test_a_part_that_cannot_even_be_given_up_holds_nobody_up(
    serve: Serve, client: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a connection whose server hangs, which waits for the end of what it has cancelled."""
    monkeypatch.setattr(health, "PATIENCE", 0.05)
    answering = asyncio.Event()

    async def stubborn() -> None:
        try:
            await answering.wait()
        finally:
            await answering.wait()

    site = await serve(app.web_app(OPTIONS, {"database": stubborn}))
    async with asyncio.timeout(5), client.get(site + "/readyz") as response:
        assert response.status == 503
    answering.set()


async def test_why_it_was_down_is_told_when_it_is_known(
    serve: Serve, client: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(health, "PATIENCE", 0.05)
    answering = asyncio.Event()

    async def late() -> None:
        await answering.wait()
        raise errors.DatabaseUnavailable(detail="no server answers there")

    site = await serve(app.web_app(OPTIONS, {"database": late}))
    async with client.get(site + "/readyz") as response:
        assert response.status == 503
    answering.set()
    async with client.get(site + "/readyz") as response:
        assert response.status == 503
    gc.collect()
    told = [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]
    late_answer = "database is down: no server answers there"
    assert told == ["database is down: it does not answer within 0.05 s", late_answer, late_answer]


async def test_nothing_is_ready_while_the_process_drains(serve: Serve, client: aiohttp.ClientSession) -> None:
    draining = asyncio.Event()
    site = await serve(app.web_app(OPTIONS, {"database": up}, is_draining=draining.is_set))
    draining.set()
    async with client.get(site + "/readyz") as response:
        assert response.status == 503
        assert await response.json() == {"ready": False, "parts": {"process": "draining"}}
    async with client.get(site + "/healthz") as response:
        assert response.status == 200


async def test_a_database_that_hangs_is_down_in_time_for_who_asks(
    serve: Serve, client: aiohttp.ClientSession, target: pool.Target
) -> None:
    answering = asyncio.Event()
    answering.set()

    async def answer() -> None:
        await answering.wait()

    async with wire.kept_waiting(target, answer) as slow, pool.open_pool(slow) as connections:
        database = Database(connections)
        site = await serve(app.web_app(OPTIONS, {"database": lambda: database.fetchval("SELECT 1")}))
        for hangs, status in ((False, 200), (True, 503), (True, 503), (False, 200)):
            answering.clear() if hangs else answering.set()
            async with asyncio.timeout(4), client.get(site + "/readyz") as response:
                assert response.status == status


async def test_both_answer_to_head(serve: Serve, client: aiohttp.ClientSession) -> None:
    site = await serve(app.web_app(OPTIONS, {}))
    for path in health.PATHS:
        async with client.head(site + path) as response:
            assert response.status == 200
