"""Names the app answers to."""

import pytest

from bots.web import app, options
from tests.bots.web import raw
from tests.bots.web.conftest import Serve

PUBLIC = "https://kick.example:8443/base"


async def allowed(serve: Serve, choices: options.WebOptions, host: str) -> bool:
    """Whether a request for `host` is let through, to be told there is nothing at its path."""
    status = raw.status(await raw.ask(await serve(app.web_app(choices, {})), b"/nothing", host=host.encode()))
    assert status in (400, 404)
    return status == 404


@pytest.mark.parametrize(
    "host", ["kick.example", "kick.example:8443", "KICK.example", "kick.example.", "kick.example:1"]
)
async def test_the_public_host_is_always_allowed(serve: Serve, host: str) -> None:
    assert await allowed(serve, options.WebOptions(PUBLIC, allowed_hosts=("other.example",)), host)


@pytest.mark.parametrize(
    ("chosen", "host"),
    [
        ("a.example", "a.example"),
        ("A.Example", "a.example:80"),
        (".b.example", "b.example"),
        (".b.example", "x.y.b.example"),
        ("*", "anything.example"),
        ("[::1]", "[::1]:8000"),
        ("2001:db8::1", "[2001:db8::1]"),
        ("10.0.0.1", "10.0.0.1:8000"),
    ],
)
async def test_chosen_hosts_are_allowed(serve: Serve, chosen: str, host: str) -> None:
    assert await allowed(serve, options.WebOptions(PUBLIC, allowed_hosts=(chosen,)), host)


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "xkick.example",
        "kick.example.evil.example",
        "bb.example",
        "xb.example",
        "kick.example@evil.example",
        "kick.example/evil",
        "evil.example:kick.example",
        "kick.example:8443:1",
        "kick.example, evil.example",
        "localhost",
        "127.0.0.1",
        "*",
        ".b.example",
        "",
        "kıck.example",
    ],
)
async def test_other_hosts_are_refused(serve: Serve, host: str) -> None:
    choices = options.WebOptions(PUBLIC, allowed_hosts=(".b.example",), debug=True)
    assert not await allowed(serve, choices, host)


@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1", "[::1]:8000", "kick.localhost"])
async def test_a_local_address_allows_this_machines_other_names(serve: Serve, host: str) -> None:
    assert await allowed(serve, options.WebOptions("http://127.0.0.1:8000"), host)
    assert await allowed(serve, options.WebOptions(""), host)
    assert not await allowed(serve, options.WebOptions(""), "evil.example")
    assert await allowed(serve, options.WebOptions(PUBLIC, debug=True), host)
    assert not await allowed(serve, options.WebOptions(PUBLIC), host)


async def test_two_hosts_are_none(serve: Serve) -> None:
    site = await serve(app.web_app(options.WebOptions(PUBLIC), {}))
    answer = await raw.ask(site, b"/nothing", b"Host: evil.example", host=b"kick.example")
    assert raw.status(answer) == 400


async def test_no_host_is_none(serve: Serve) -> None:
    site = await serve(app.web_app(options.WebOptions(PUBLIC, allowed_hosts=("*",)), {}))
    assert raw.status(await raw.send(site, b"GET /nothing HTTP/1.0\r\n\r\n")) == 400


@pytest.mark.parametrize("path", [b"/healthz", b"/readyz"])
async def test_health_is_told_by_any_name(serve: Serve, path: bytes) -> None:
    site = await serve(app.web_app(options.WebOptions(PUBLIC), {}))
    assert raw.status(await raw.ask(site, path, host=b"10.1.2.3:8000")) == 200


async def test_the_refusal_is_told_without_the_name(serve: Serve) -> None:
    site = await serve(app.web_app(options.WebOptions(PUBLIC), {}))
    answer = await raw.ask(site, b"/", host=b"evil.example")
    assert b"ALLOWED_HOSTS" in answer
    assert b"evil" not in answer
