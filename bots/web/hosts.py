"""Which names the app answers to, so that nobody can point a name of theirs at it and use the answers."""

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from bots.web import health
from bots.web.options import WebOptions

LOCAL = ("localhost", ".localhost", "127.0.0.1", "::1")


def guard(options: WebOptions) -> Middleware:
    """The middleware that refuses requests for other hosts than the allowed ones; health checks pass by any name."""
    patterns = _patterns(options)

    @web.middleware
    async def guarded(request: web.Request, handler: Handler) -> web.StreamResponse:
        if request.path not in health.PATHS and not allows(request.headers.get("Host", ""), patterns):
            raise web.HTTPBadRequest(reason="This host name is not among ALLOWED_HOSTS")
        return await handler(request)

    return guarded


def allows(header: str, patterns: Iterable[str]) -> bool:
    """Whether a Host header holds an allowed name."""
    name = _name(header)
    return name is not None and _fits_any(name, patterns)


def _patterns(options: WebOptions) -> tuple[str, ...]:
    public = urlsplit(options.public_url).hostname or "localhost"
    # A person at the machine itself types now one, now another of its own names.
    local = _fits_any(public, LOCAL) or (options.debug and not options.allowed_hosts)
    chosen = (host.strip().lower().strip("[]") for host in options.allowed_hosts)
    return (*chosen, public, *(LOCAL if local else ()))


def _name(header: str) -> str | None:
    """The name or address in a Host header, in lower case and without port; None where it is malformed."""
    match = re.fullmatch(r"(?:([a-z0-9_-][a-z0-9._-]*)|\[([0-9a-f:.]+)\])(?::[0-9]{1,5})?", header.lower(), re.ASCII)
    return (match[1] or match[2]).removesuffix(".") if match else None


def _fits_any(name: str, patterns: Iterable[str]) -> bool:
    return any(_fits(name, pattern) for pattern in patterns)


def _fits(name: str, pattern: str) -> bool:
    if pattern.startswith("."):
        return name == pattern[1:] or name.endswith(pattern)
    return pattern in ("*", name)
