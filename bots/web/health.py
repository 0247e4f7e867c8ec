"""Whether the process lives, and whether it can do its work."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping

from aiohttp import web

Check = Callable[[], Awaitable[object]]

PATHS = ("/healthz", "/readyz")
PATIENCE = 5.0

logger = logging.getLogger(__name__)


def routes(checks: Mapping[str, Check]) -> list[web.RouteDef]:
    """`/healthz`, which depends on nothing, and `/readyz`, which does `checks`: each raises when its part is down."""

    async def alive(request: web.Request) -> web.Response:
        return web.json_response({"alive": True}, headers={"Cache-Control": "no-store"})

    async def ready(request: web.Request) -> web.Response:
        names, states = list(checks), await asyncio.gather(*(_is_up(*check) for check in checks.items()))
        parts = {name: "up" if up else "down" for name, up in zip(names, states, strict=True)}
        body = {"ready": all(states), "parts": parts}
        return web.json_response(body, status=200 if all(states) else 503, headers={"Cache-Control": "no-store"})

    return [web.get("/healthz", alive), web.get("/readyz", ready)]


async def _is_up(name: str, check: Check) -> bool:
    try:
        async with asyncio.timeout(PATIENCE):
            await check()
    except Exception as error:
        # Told here and not in the answer, which anybody may read.
        logger.warning("%s is down: %s", name, error or type(error).__name__)
        return False
    return True
