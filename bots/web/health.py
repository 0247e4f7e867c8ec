"""Whether the process lives, and whether it can do its work."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping

from aiohttp import web

from core import errors

Check = Callable[[], Awaitable[object]]

PATHS = ("/healthz", "/readyz")
PATIENCE = 2.0
"""Seconds; whoever asks counts a later answer as none."""

FRESH = {"Cache-Control": "no-store"}

logger = logging.getLogger(__name__)


class Health:
    """`/healthz`, which depends on nothing, and `/readyz`, which does `checks`: each raises when its part is down.

    While `is_draining`, nothing is ready: what is begun is finished, and new work belongs to another process.
    """

    def __init__(self, checks: Mapping[str, Check], is_draining: Callable[[], bool]) -> None:
        self._parts = {name: _Part(name, check) for name, check in checks.items()}
        self._is_draining = is_draining

    def routes(self) -> list[web.RouteDef]:
        """Both."""
        return [web.get("/healthz", self._alive), web.get("/readyz", self._ready)]

    async def close(self, app: web.Application) -> None:
        """Wait for no part any longer."""
        for part in self._parts.values():
            part.close()

    async def _alive(self, request: web.Request) -> web.Response:
        return web.json_response({"alive": True}, headers=FRESH)

    async def _ready(self, request: web.Request) -> web.Response:
        if self._is_draining():
            return _answer(ready=False, parts={"process": "draining"})
        states = await asyncio.gather(*(part.is_up() for part in self._parts.values()))
        parts = {name: "up" if up else "down" for name, up in zip(self._parts, states, strict=True)}
        return _answer(ready=all(states), parts=parts)


class _Part:
    """Something that is up or down. It is asked one thing at a time: who comes meanwhile waits for the same answer.

    So a part that hangs is not asked again and again, and the waiting for it does not hold up who wants to know.
    """

    def __init__(self, name: str, check: Check) -> None:
        self._name = name
        self._check = check
        self._asking: asyncio.Task[bool] | None = None

    async def is_up(self) -> bool:
        """Whether it says so, and in time."""
        if self._asking is None or self._asking.done():
            self._asking = asyncio.create_task(self._ask())
        asking = self._asking
        await asyncio.wait({asking}, timeout=PATIENCE)
        if not asking.done():
            logger.warning("%s is down: it does not answer within %g s", self._name, PATIENCE)
            return False
        return not asking.cancelled() and asking.result()

    def close(self) -> None:
        if self._asking is not None:
            self._asking.cancel()

    async def _ask(self) -> bool:
        """Why it is down is told here, also where nobody waits for it any longer, and not in the answer, which anybody
        may read."""
        try:
            await self._check()
        except Exception as error:
            detail = error.detail if isinstance(error, errors.KickbotError) else ""
            logger.warning("%s is down: %s", self._name, detail or error or type(error).__name__)
            return False
        return True


def _answer(*, ready: bool, parts: Mapping[str, str]) -> web.Response:
    return web.json_response({"ready": ready, "parts": parts}, status=200 if ready else 503, headers=FRESH)
