"""Coming to a port and leaving it."""

import asyncio

import aiohttp
import pytest
from aiohttp import web

from bots.web import server
from core import errors


async def test_it_serves_at_the_port_that_is_asked_for(client: aiohttp.ClientSession, free_port: int) -> None:
    async with server.serve(web.Application(), "127.0.0.1", free_port) as port:
        assert port == free_port
        async with client.get(f"http://127.0.0.1:{port}/") as response:
            assert response.status == 404
    with pytest.raises(aiohttp.ClientConnectionError):
        await client.get(f"http://127.0.0.1:{port}/")


async def test_a_port_can_be_taken_again_at_once(client: aiohttp.ClientSession, free_port: int) -> None:
    for _ in range(3):
        async with (
            server.serve(web.Application(), "127.0.0.1", free_port),
            client.get(f"http://127.0.0.1:{free_port}/") as response,
        ):
            assert response.status == 404


async def test_a_busy_port_is_told_with_its_setting(free_port: int) -> None:
    async with server.serve(web.Application(), "127.0.0.1", free_port):
        with pytest.raises(errors.BadSetting, match=rf"PORT: cannot listen at 127\.0\.0\.1:{free_port}"):
            async with server.serve(web.Application(), "127.0.0.1", free_port):
                pass


async def test_a_busy_port_is_replaced_where_that_is_wished(client: aiohttp.ClientSession, free_port: int) -> None:
    async with (
        server.serve(web.Application(), "127.0.0.1", free_port),
        server.serve(web.Application(), "127.0.0.1", free_port, any_port=True) as other,
    ):
        assert other != free_port
        async with client.get(f"http://127.0.0.1:{other}/") as response:
            assert response.status == 404


async def test_an_address_of_another_machine_is_told() -> None:
    why = r"\((Cannot assign requested address|could not bind .*)\)"
    with pytest.raises(
        errors.BadSetting, match=rf"HOST: cannot listen at 192\.0\.2\.1:0 {why}\. Choose another host\.$"
    ):
        async with server.serve(web.Application(), "192.0.2.1", 0, any_port=True):
            pass


async def test_a_request_under_way_is_finished_at_the_end(client: aiohttp.ClientSession) -> None:
    begun, finish, events = asyncio.Event(), asyncio.Event(), []

    async def slow(request: web.Request) -> web.Response:
        begun.set()
        await finish.wait()
        events.append("answered")
        return web.Response(text="done")

    async def close(app: web.Application) -> None:
        events.append("closed")

    app = web.Application()
    app.add_routes([web.get("/", slow)])
    app.on_cleanup.append(close)
    async with server.serve(app, "127.0.0.1", 0) as port:
        asking = asyncio.create_task(client.get(f"http://127.0.0.1:{port}/"))
        await begun.wait()
        asyncio.get_running_loop().call_later(0.05, finish.set)
    async with await asking as response:
        assert await response.text() == "done"
    assert events == ["answered", "closed"]


async def test_a_request_that_never_ends_does_not_hold_up_the_end(
    client: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "GRACE", 0.05)
    begun = asyncio.Event()

    async def endless(request: web.Request) -> web.Response:
        begun.set()
        await asyncio.Event().wait()
        raise AssertionError

    app = web.Application()
    app.add_routes([web.get("/", endless)])
    async with asyncio.timeout(5), server.serve(app, "127.0.0.1", 0) as port:
        asking = asyncio.create_task(client.get(f"http://127.0.0.1:{port}/"))
        await begun.wait()
    with pytest.raises(aiohttp.ClientConnectionError):
        await asking
