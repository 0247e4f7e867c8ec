"""What a caller reads when a request fails; what nobody foresaw is logged whole, under an id that the caller gets."""

import logging
import secrets

from aiohttp import web
from aiohttp.typedefs import Handler

from core import errors

logger = logging.getLogger(__name__)


@web.middleware
async def tell(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer failures as JSON: `{"error": sentence}`, and `id` where it is our fault."""
    try:
        return await handler(request)
    except web.HTTPException as answer:
        # Redirects, and answers that a handler worded itself, are meant as they are.
        if answer.status < 400 or answer.content_type != "text/plain":
            raise
        return _worded(answer)
    except Exception as error:
        if error is request.content.exception():
            # The body cannot be unpacked, or whoever sent it is gone before its end.
            return web.json_response({"error": "The body of this request is broken"}, status=400)
        failure = secrets.token_hex(4)
        logger.exception("%s %s failed (%s)", request.method, request.rel_url.raw_path, failure)
        return web.json_response({"error": str(errors.KickbotError()), "id": failure}, status=500)


def _worded(answer: web.HTTPException) -> web.Response:
    headers = {name: value for name, value in answer.headers.items() if not name.lower().startswith("content-")}
    return web.json_response({"error": answer.reason}, status=answer.status, headers=headers)
