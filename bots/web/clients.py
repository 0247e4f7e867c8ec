"""Who asks: the client's address, believed from proxies only where they are trusted."""

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from bots import setting_formats
from core import errors

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
ADDRESS = web.RequestKey("address", str)


def identify(trusted_proxies: Iterable[str]) -> Middleware:
    """The middleware that finds out each client's address, for `client_address`."""
    trusted = tuple(_network(text) for text in trusted_proxies)

    @web.middleware
    async def identified(request: web.Request, handler: Handler) -> web.StreamResponse:
        forwarded = request.headers.getall("X-Forwarded-For", [])
        request[ADDRESS] = origin(request.remote or "", forwarded, trusted)
        return await handler(request)

    return identified


def client_address(request: web.BaseRequest) -> str:
    """The address of whoever asks; the peer's where the request never reached the app."""
    address: str = request.get(ADDRESS, request.remote or "")
    return address


def origin(peer: str, forwarded: Iterable[str], trusted: Iterable[Network]) -> str:
    """The right-most address that is no trusted proxy; `forwarded` are the values of the `X-Forwarded-For` headers.

    Each proxy appends whom it heard from, so what stands further left than the first stranger may be invented.
    """
    trusted = tuple(trusted)
    known = peer
    for text in [peer, *reversed(",".join(forwarded).split(","))]:
        address = _address(text)
        if address is None:
            break
        known = str(address)
        if not any(address in network for network in trusted):
            break
    return known


def _address(text: str) -> Address | None:
    """The address in `text`, which may carry a port; None where there is none."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text)
    except ValueError:
        return None
    return address.ipv4_mapped or address if isinstance(address, IPv6Address) else address


def _network(text: str) -> Network:
    try:
        return ip_network(setting_formats.networks(text), strict=False)
    except ValueError as error:
        raise errors.BadSetting(name="TRUSTED_PROXIES", problem=f"{error}.") from None
