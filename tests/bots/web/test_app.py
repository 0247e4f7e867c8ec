"""What every answer of the app has in common."""

import io
import logging

import aiohttp
import pytest
from aiohttp import web

from bots.web import app, failures, options, server
from core import errors
from tests.bots.web import raw
from tests.bots.web.conftest import Serve

SECRET = "xoxb-secret"


async def broken(request: web.Request) -> web.Response:
    raise RuntimeError(f"token {SECRET} at /srv/kickbot")


async def storage_broken(request: web.Request) -> web.Response:
    raise errors.StorageFailed(detail=SECRET)


async def echo(request: web.Request) -> web.Response:
    return web.json_response(await request.json())


async def worded(request: web.Request) -> web.Response:
    raise web.HTTPUnauthorized(
        text='{"detail": "No"}', content_type="application/json", headers={"WWW-Authenticate": "Bearer"}
    )


async def away(request: web.Request) -> web.Response:
    raise web.HTTPFound("https://slack.example/install")


async def page(request: web.Request) -> web.Response:
    return web.Response(text="<p>", content_type="text/html", headers={"Content-Security-Policy": "default-src 'self'"})


TABLES = [
    [web.get("/broken", broken), web.get("/storage", storage_broken), web.post("/echo", echo)],
    [web.get("/worded", worded), web.get("/away", away), web.get("/page", page)],
]


@pytest.fixture
async def site(serve: Serve) -> str:
    choices = options.WebOptions("http://localhost", cors_origins=("https://kick.example", "http://localhost:5173/"))
    return await serve(app.web_app(choices, {}, TABLES))


@pytest.mark.parametrize("path", ["/broken", "/storage"])
async def test_what_nobody_foresaw_is_logged_whole_and_told_with_an_id(
    site: str, client: aiohttp.ClientSession, caplog: pytest.LogCaptureFixture, path: str
) -> None:
    async with client.get(f"{site}{path}?token={SECRET}") as response:
        assert response.status == 500
        body = await response.json()
    assert body["error"] == "Something went wrong here; nothing that you saved is lost."
    assert SECRET not in str(body)
    (record,) = [record for record in caplog.records if record.name == failures.__name__]
    assert body["id"] in record.getMessage()
    assert SECRET not in record.getMessage()
    assert record.exc_info
    assert isinstance(record.exc_info[1], RuntimeError | errors.StorageFailed)


async def test_a_wrong_method_is_told_with_the_right_ones(site: str, client: aiohttp.ClientSession) -> None:
    async with client.get(site + "/echo") as response:
        assert response.status == 405
        assert response.headers["Allow"] == "POST"
        assert await response.json() == {"error": "Method Not Allowed"}


async def test_a_large_body_is_refused_and_a_middling_one_taken(site: str, client: aiohttp.ClientSession) -> None:
    async with client.post(site + "/echo", data=io.BytesIO(b'"' + b"k" * 2**20)) as response:
        assert response.status == 413
        assert set(await response.json()) == {"error"}
    async with client.post(site + "/echo", json="k" * 1_000_000) as response:
        assert await response.json() == "k" * 1_000_000


async def test_what_a_handler_worded_itself_stays(site: str, client: aiohttp.ClientSession) -> None:
    async with client.get(site + "/worded") as response:
        assert response.status == 401
        assert await response.json() == {"detail": "No"}
        assert response.headers["WWW-Authenticate"] == "Bearer"
    async with client.get(site + "/away", allow_redirects=False) as response:
        assert response.status == 302
        assert response.headers["Location"] == "https://slack.example/install"


@pytest.mark.parametrize("path", ["/healthz", "/nothing", "/broken", "/away", "/echo"])
async def test_every_answer_is_hardened(site: str, client: aiohttp.ClientSession, path: str) -> None:
    async with client.get(site + path, allow_redirects=False) as response:
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["X-Frame-Options"] == "DENY"
        assert response.headers["Referrer-Policy"] == "same-origin"
        assert response.headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
        assert response.headers["Server"] == "kickbot"


async def test_a_handler_may_choose_its_own_policy(site: str, client: aiohttp.ClientSession) -> None:
    async with client.get(site + "/page") as response:
        assert response.headers.getall("Content-Security-Policy") == ["default-src 'self'"]


@pytest.mark.parametrize("origin", ["https://kick.example", "http://localhost:5173"])
async def test_a_chosen_origin_may_call(site: str, client: aiohttp.ClientSession, origin: str) -> None:
    async with client.post(site + "/echo", json=1, headers={"Origin": origin}) as response:
        assert response.headers["Access-Control-Allow-Origin"] == origin
        assert response.headers["Vary"] == "Origin"
    asked = {"Origin": origin, "Access-Control-Request-Method": "POST"}
    async with client.options(site + "/echo", headers=asked) as response:
        assert response.status == 204
        assert response.headers["Access-Control-Allow-Origin"] == origin
        assert "Authorization" in response.headers["Access-Control-Allow-Headers"]
    async with client.get(site + "/broken", headers={"Origin": origin}) as response:
        assert response.headers["Access-Control-Allow-Origin"] == origin


@pytest.mark.parametrize("origin", ["https://evil.example", "https://kick.example.evil.example", "null", ""])
async def test_another_origin_may_not(site: str, client: aiohttp.ClientSession, origin: str) -> None:
    async with client.post(site + "/echo", json=1, headers={"Origin": origin}) as response:
        assert "Access-Control-Allow-Origin" not in response.headers
    asked = {"Origin": origin, "Access-Control-Request-Method": "POST"}
    async with client.options(site + "/echo", headers=asked) as response:
        assert response.status == 405
        assert "Access-Control-Allow-Origin" not in response.headers


async def test_a_request_is_one_line_without_its_query(
    site: str, client: aiohttp.ClientSession, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    headers = {"Authorization": f"Bearer {SECRET}"}
    async with client.post(f"{site}/echo?code={SECRET}", json=SECRET, headers=headers) as response:
        await response.read()
    async with client.get(site + "/healthz"):
        pass
    (line,) = [record.getMessage() for record in caplog.records if record.name == server.__name__]
    assert line.startswith("POST /echo 200 in ")
    assert line.endswith("for 127.0.0.1")
    assert SECRET not in caplog.text


async def test_a_line_of_the_log_cannot_be_forged(site: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    await raw.ask(site, b"/nothing%0aGET%20/forged%20200")
    (line,) = [record.getMessage() for record in caplog.records if record.name == server.__name__]
    assert "\n" not in line


@pytest.mark.parametrize("request_", [b"nonsense\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"\x16\x03\x01\x02\x00\r\n\r\n"])
async def test_what_is_no_http_is_refused(site: str, client: aiohttp.ClientSession, request_: bytes) -> None:
    assert raw.status(await raw.send(site, request_)) == 400
    async with client.get(site + "/healthz") as response:
        assert response.status == 200
