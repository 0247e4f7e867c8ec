"""Whose address counts behind proxies."""

from ipaddress import ip_network

import aiohttp
import pytest
from aiohttp import web

from bots.web import app, clients, options
from core import errors
from tests.bots.web.conftest import Serve

TRUSTED = [ip_network("10.0.0.0/8"), ip_network("192.0.2.7"), ip_network("fd00::/8")]


@pytest.mark.parametrize(
    ("peer", "forwarded", "origin"),
    [
        ("203.0.113.9", [], "203.0.113.9"),
        ("203.0.113.9", ["198.51.100.1"], "203.0.113.9"),
        ("10.0.0.1", ["198.51.100.1"], "198.51.100.1"),
        ("10.0.0.1", ["1.1.1.1, 198.51.100.1"], "198.51.100.1"),
        ("10.0.0.1", ["1.1.1.1, 198.51.100.1, 192.0.2.7"], "198.51.100.1"),
        ("10.0.0.1", ["1.1.1.1, 198.51.100.1", "192.0.2.7"], "198.51.100.1"),
        ("10.0.0.1", ["10.2.2.2, 10.3.3.3"], "10.2.2.2"),
        ("10.0.0.1", ["198.51.100.1:4711"], "198.51.100.1"),
        ("10.0.0.1", ["[2001:db8::1]:4711"], "2001:db8::1"),
        ("10.0.0.1", ["2001:DB8::1"], "2001:db8::1"),
        ("10.0.0.1", ["198.51.100.1, nonsense"], "10.0.0.1"),
        ("10.0.0.1", ["198.51.100.1, nonsense, 192.0.2.7"], "192.0.2.7"),
        ("10.0.0.1", ["unknown"], "10.0.0.1"),
        ("10.0.0.1", [""], "10.0.0.1"),
        ("::ffff:10.0.0.1", ["198.51.100.1"], "198.51.100.1"),
        ("fd00::2", ["198.51.100.1"], "198.51.100.1"),
        ("192.0.2.8", ["198.51.100.1"], "192.0.2.8"),
        ("", ["198.51.100.1"], ""),
    ],
)
def test_the_right_most_stranger_counts(peer: str, forwarded: list[str], origin: str) -> None:
    assert clients.origin(peer, forwarded, TRUSTED) == origin


async def who(request: web.Request) -> web.Response:
    return web.Response(text=clients.client_address(request))


@pytest.mark.parametrize(("trusted", "address"), [((), "127.0.0.1"), (("127.0.0.0/8",), "198.51.100.1")])
async def test_the_header_counts_only_from_a_trusted_peer(
    serve: Serve, client: aiohttp.ClientSession, trusted: tuple[str, ...], address: str
) -> None:
    choices = options.WebOptions("http://localhost", trusted_proxies=trusted)
    site = await serve(app.web_app(choices, {}, [[web.get("/who", who)]]))
    async with client.get(site + "/who", headers={"X-Forwarded-For": "198.51.100.1"}) as response:
        assert await response.text() == address


@pytest.mark.parametrize("text", ["proxy.example", "10.0.0.0/33", ""])
def test_what_is_no_network_ends_the_start(text: str) -> None:
    with pytest.raises(errors.BadSetting, match="TRUSTED_PROXIES"):
        app.web_app(options.WebOptions("http://localhost", trusted_proxies=(text,)), {})
