"""The one HTTP app of Kickbot: health, files, and whatever other surfaces bring as tables of routes."""

from collections.abc import Callable, Iterable, Mapping

from aiohttp import web

from bots.web import clients, cors, failures, hardening, health, hosts
from bots.web.options import WebOptions

LARGEST_BODY = 2**20


def web_app(
    options: WebOptions,
    checks: Mapping[str, health.Check],
    tables: Iterable[Iterable[web.AbstractRouteDef]] = (),
    is_draining: Callable[[], bool] = lambda: False,
) -> web.Application:
    """An app that answers `/healthz`, `/readyz` (which does `checks`) and the routes of `tables`.

    It is not ready while `is_draining`. Bodies may have 1 MiB. Raises `errors.BadSetting` where an option cannot be
    understood.
    """
    app = web.Application(
        middlewares=[
            clients.identify(options.trusted_proxies),
            cors.share(options.cors_origins),
            failures.tell,
            hosts.guard(options),
        ],
        client_max_size=LARGEST_BODY,
    )
    app.on_response_prepare.append(hardening.harden)
    healthy = health.Health(checks, is_draining)
    app.on_cleanup.append(healthy.close)
    for table in (healthy.routes(), *tables):
        app.add_routes(table)
    return app
