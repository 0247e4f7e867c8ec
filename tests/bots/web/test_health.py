"""Liveness depends on nothing; readiness on every part, without telling strangers why one is down."""

import asyncio
import logging

import aiohttp
import pytest

from bots.web import app, health, options
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


async def test_both_answer_to_head(serve: Serve, client: aiohttp.ClientSession) -> None:
    site = await serve(app.web_app(OPTIONS, {}))
    for path in health.PATHS:
        async with client.head(site + path) as response:
            assert response.status == 200
