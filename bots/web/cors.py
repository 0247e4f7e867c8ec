"""Which other sites' pages may call the app from a browser."""

from collections.abc import Iterable

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Authorization, Content-Type, Range, X-Requested-With",
    "Access-Control-Max-Age": "86400",
}


def share(origins: Iterable[str]) -> Middleware:
    """The middleware that lets pages of `origins` call the app, without cookies."""
    allowed = frozenset(origin.rstrip("/").lower() for origin in origins)

    @web.middleware
    async def shared(request: web.Request, handler: Handler) -> web.StreamResponse:
        origin = request.headers.get("Origin", "")
        if origin.lower() not in allowed:
            return await handler(request)
        if request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers:
            response: web.StreamResponse = web.Response(status=204, headers=PREFLIGHT)
        else:
            response = await handler(request)
        response.headers.setdefault("Access-Control-Allow-Origin", origin)
        response.headers.add("Vary", "Origin")
        return response

    return shared
