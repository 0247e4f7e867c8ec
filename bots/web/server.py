"""Puts the app on a port, and takes it off again without cutting anybody short."""

import errno
import logging
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

from bots.web import access
from core import errors

GRACE = 5.0

logger = logging.getLogger(__name__)


@asynccontextmanager
async def serve(app: web.Application, host: str, port: int, *, any_port: bool = False) -> AsyncIterator[int]:
    """Serve `app` at `host` and `port`; gives the port, chosen by the system where `port` is 0.

    With `any_port`, a port that is taken is replaced by a free one; else `errors.BadSetting`. At the end, requests
    under way have 5 seconds to finish.
    """
    faults = logger.getChild("faults")
    faults.addFilter(_is_no_bad_request)
    runner = web.AppRunner(
        app, logger=faults, access_log=logger, access_log_class=access.AccessLogger, shutdown_timeout=GRACE
    )
    await runner.setup()
    try:
        yield await _listen(runner, host, port, any_port)
    finally:
        await runner.cleanup()


def _is_no_bad_request(record: logging.LogRecord) -> bool:
    """Whether somebody here has to look at it: that what was sent is not HTTP stands in the line of that request."""
    return not (record.exc_info and isinstance(record.exc_info[1], HttpProcessingError | web.RequestPayloadError))


async def _listen(runner: web.AppRunner, host: str, port: int, any_port: bool) -> int:
    site = web.TCPSite(runner, host, port)
    try:
        await site.start()
    except OSError as error:
        if any_port and error.errno == errno.EADDRINUSE:
            return await _listen(runner, host, 0, any_port=False)
        # Below 1024 it is the port that takes rights, else the address.
        at_port = error.errno == errno.EADDRINUSE or (error.errno == errno.EACCES and 0 < port < 1024)
        wrong = "PORT" if at_port else "HOST"
        why = error.strerror if error.errno is None or error.errno < 0 else os.strerror(error.errno)
        problem = f"cannot listen at {host}:{port} ({why or error}). Choose another {wrong.lower()}."
        raise errors.BadSetting(name=wrong, problem=problem) from error
    return site.port
