"""What comes to an open port and is no HTTP, or ends too early: told in a line, and nothing for anybody to look at."""

import asyncio
import logging
from urllib.parse import urlsplit

import pytest
from aiohttp import web

from bots.slack.http_mode import HttpMode
from bots.web import app, options
from tests.bots.web import raw
from tests.bots.web.conftest import Serve

OPTIONS = options.WebOptions("http://localhost")
HEAD = b"POST /body HTTP/1.1\r\nHost: localhost\r\n"

ENDING = {
    "garbage": b"\x00\x01\x02\r\n\r\n",
    "TLS to a plain port": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(range(256)),
    "HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "a long header": b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 20_000 + b"\r\n\r\n",
    "many headers": b"GET / HTTP/1.1\r\n" + b"".join(b"X%d: a\r\n" % number for number in range(500)) + b"\r\n",
    "a long path": b"GET /" + b"a" * 20_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "no version": b"GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
    "no host": b"GET / HTTP/1.1\r\n\r\n",
    "two hosts": b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
    "no address": b"GET http://[ HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "no text": b"GET /\xff\xfe HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "a length that is none": HEAD + b"Content-Length: x\r\n\r\n",
    "chunks that are none": HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
    "an encoding that nobody has": HEAD + b"Content-Encoding: br\r\nContent-Length: 3\r\n\r\nabc",
    "a body that cannot be unpacked": HEAD + b"Content-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc",
}
CUT = {
    "in a body": HEAD + b"Content-Length: 100\r\n\r\nabc",
    "in a chunk": HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nab",
    "in a header": b"GET / HTTP/1.1\r\nHost: loc",
    "in nothing": b"",
}


@pytest.fixture
def called() -> asyncio.Event:
    """Whether the handler has read a body, or found that it cannot."""
    return asyncio.Event()


@pytest.fixture
async def site(serve: Serve, called: asyncio.Event) -> str:
    async def read(request: web.Request) -> web.Response:
        try:
            return web.Response(text=str(len(await request.read())))
        finally:
            called.set()

    return await serve(app.web_app(OPTIONS, {}, [[web.post("/body", read)]]))


def tracebacks(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [f"{record.name}: {record.exc_info[1]!r}" for record in caplog.records if record.exc_info]


@pytest.mark.parametrize("what", ENDING)
async def test_it_is_answered_with_400_and_one_line(site: str, caplog: pytest.LogCaptureFixture, what: str) -> None:
    caplog.set_level(logging.INFO)
    assert raw.status(await raw.send(site, ENDING[what])) == 400
    assert tracebacks(caplog) == []
    assert [record.levelname for record in caplog.records if record.name.startswith("bots.web")] == ["INFO"]
    assert " 400 in " in caplog.text


@pytest.mark.parametrize("what", CUT)
async def test_who_goes_away_half_way_is_no_fault(
    site: str, called: asyncio.Event, caplog: pytest.LogCaptureFixture, what: str
) -> None:
    where = urlsplit(site)
    _, writer = await asyncio.open_connection(where.hostname, where.port)
    writer.write(CUT[what])
    await asyncio.sleep(0.05)
    writer.transport.abort()
    if CUT[what].startswith(HEAD):
        async with asyncio.timeout(5):
            await called.wait()
    await raw.ask(site, b"/healthz")  # by now the end of the other line is known
    assert tracebacks(caplog) == []


async def test_a_fault_of_ours_is_still_told_whole(serve: Serve, caplog: pytest.LogCaptureFixture) -> None:
    """Also where its kind is that of a broken line: to the database, say."""

    async def fail(request: web.Request) -> web.Response:
        await request.read()
        raise ConnectionResetError

    site = await serve(app.web_app(OPTIONS, {}, [[web.post("/", fail)]]))
    answer = await raw.send(
        site, b"POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 1\r\n\r\na"
    )
    assert raw.status(answer) == 500
    assert tracebacks(caplog) == ["bots.web.failures: ConnectionResetError()"]


async def test_a_way_in_that_is_given_no_text(serve: Serve, caplog: pytest.LogCaptureFixture) -> None:
    class Flow:
        async def handle_installation(self, request: object) -> object:
            raise web.HTTPNotFound

    way_in = HttpMode("secret")
    way_in.app = way_in.flow = Flow()  # type: ignore[assignment]  # nothing else of Bolt's is reached
    site = await serve(app.web_app(OPTIONS, {}, [way_in.routes()]))
    answer = await raw.ask(site, b"/slack/install\xff", b"Content-Length: 0")
    assert raw.status(answer) == 400
    request = (
        b"GET /slack/install HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 2\r\n\r\n\xff\xfe"
    )
    assert raw.status(await raw.send(site, request)) == 404
    assert tracebacks(caplog) == []
