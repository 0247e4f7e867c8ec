"""Headers that every answer carries."""

from aiohttp import web

DEFAULTS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}


async def harden(request: web.BaseRequest, response: web.StreamResponse) -> None:
    """Add what the handler did not choose itself. A signal, not a middleware: files are answered after those."""
    for name, value in DEFAULTS.items():
        response.headers.setdefault(name, value)
    # The versions of Python and aiohttp are nobody's business.
    response.headers["Server"] = "kickbot"
