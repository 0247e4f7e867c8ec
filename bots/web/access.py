"""One log line for each request, without what may be secret in it: neither query nor headers nor body."""

import logging

from aiohttp import web
from aiohttp.abc import AbstractAccessLogger

from bots.web import clients, health


class AccessLogger(AbstractAccessLogger):
    """Logs method, path, status, time and client; health checks only for whoever debugs."""

    def log(self, request: web.BaseRequest, response: web.StreamResponse, time: float) -> None:
        path = request.rel_url.raw_path
        self.logger.log(
            logging.DEBUG if path in health.PATHS else logging.INFO,
            "%s %s %d in %.1f ms, for %s",
            request.method,
            path,
            response.status,
            time * 1000,
            clients.client_address(request),
        )
