"""Where the parts are chosen and put together: the one place that sees all four packages."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web

from bots.chat.notifications import Notifications
from bots.composition import engines, remote_database, secret_key, services
from bots.settings import Settings
from bots.web import app, media, server
from bots.web.options import WebOptions
from core import errors
from core.accounts.keys import Keys
from core.chat.services import Services
from core.files import Files
from core.library.sweeping import Sweeper
from core.making.studio import Limits, Studio
from core.making.warmth import Warmth
from db.accounts.notifications import NotificationRows
from db.installations import Installations
from db.postgres import embedded, migrate
from db.postgres.database import Database
from db.postgres.pool import open_pool
from db.seen_events import SeenEvents
from db.storage import folder
from db.sweepings import Sweepings
from db.workers import Vocabularies, Warmths
from gpu import deployed
from gpu.engines import warming

HERE = "127.0.0.1"  # what one person tries in a terminal is nobody else's business


@dataclass(frozen=True, slots=True)
class Kickbot:
    """All parts, put together and running. `address` is where the HTTP server is reached."""

    settings: Settings
    studio: Studio
    services: Services
    sweeper: Sweeper
    warmth: Warmth | None
    seen_events: SeenEvents
    installations: Installations
    notifications: Notifications
    address: str

    def upkeep(self) -> list[Coroutine[None, None, None]]:
        """What is to run beside the surfaces, each until it is cancelled."""
        upkeep = [self.studio.keep_leases(), self.sweeper.run()]
        return upkeep if self.warmth is None else [*upkeep, self.warmth.run()]

    def find(self, path: str) -> Path | None:
        """The file of a sound at that path, None where files are kept in a bucket. Reads the disk."""
        files = self.services.files
        return files.find(path) if isinstance(files, folder.FolderFiles) else None

    @property
    def served_elsewhere(self) -> bool:
        """Whether links to sounds work when this process has ended, too."""
        return bool(self.settings.supabase_url or self.settings.public_url)

    @property
    def console(self) -> str:
        """The console's application: one folder's console never takes over the work of another's."""
        return f"console:{self.settings.kickbot_data.absolute()}"


@asynccontextmanager
async def open_database(settings: Settings) -> AsyncIterator[Database]:
    """The real database where one is set, else the embedded one."""
    async with AsyncExitStack() as stack:
        if settings.db_host is None:
            target = await stack.enter_async_context(embedded.embedded(settings.kickbot_data / "postgres"))
        else:
            target = remote_database.target(settings, settings.db_host)
        yield Database(await stack.enter_async_context(open_pool(target)))


@asynccontextmanager
async def open_kickbot(
    settings: Settings,
    host: str = HERE,
    *,
    any_port: bool = False,
    tables: Sequence[Iterable[web.AbstractRouteDef]] = (),
    limits: Limits | None = None,
    is_draining: Callable[[], bool] = lambda: False,
) -> AsyncIterator[Kickbot]:
    """Put everything together and serve HTTP, at `host` where none is set.

    With `any_port` a free port is taken where the set one is busy. `tables` are routes that are served too. Without
    `limits` those of the settings hold. While it `is_draining`, it is not ready for anything new.

    An embedded database is migrated; where a real one is behind, `errors.MigrationsPending` says so.
    """
    async with AsyncExitStack() as stack:
        database = await stack.enter_async_context(open_database(settings))
        await bring_up_to_date(settings, database)
        address, store = await _serve_files(
            settings, host, database, stack, tables, any_port=any_port, is_draining=is_draining
        )
        keys = Keys.from_secret(await asyncio.to_thread(secret_key.secret_key, settings))
        opened = await engines.open_engine(settings, Vocabularies(database), stack)
        studio = services.studio(database, opened.engine, store, keys, limits or limits_of(settings))
        rows, clearing = services.Rows.from_database(database, keys), services.clearing(database, store)
        yield Kickbot(
            settings=settings,
            studio=studio,
            services=services.services(rows, studio, clearing, keys, keep=settings.kickbot_keep_limit),
            sweeper=Sweeper(Sweepings(database), store),
            warmth=_warmth(opened, database),
            seen_events=SeenEvents(database),
            installations=Installations(database),
            notifications=Notifications(NotificationRows(database)),
            address=address,
        )


async def bring_up_to_date(settings: Settings, database: Database) -> None:
    """Migrate an embedded database; raise `errors.MigrationsPending` where a real one is behind."""
    if settings.db_host is None:
        await migrate.migrate(database)
    elif waiting := await migrate.pending(database):
        raise errors.MigrationsPending(count=len(waiting))


async def _serve_files(
    settings: Settings,
    host: str,
    database: Database,
    stack: AsyncExitStack,
    others: Sequence[Iterable[web.AbstractRouteDef]],
    *,
    any_port: bool,
    is_draining: Callable[[], bool],
) -> tuple[str, Files]:
    """Serve HTTP, which serves the files where no bucket does; the address and the files."""
    address = settings.public_url or ""
    store: Files
    tables = list(others)
    if settings.supabase_url and settings.supabase_service_key:
        from db.storage.bucket import open_bucket  # noqa: PLC0415  # half a second that only this store is worth

        key = settings.supabase_service_key.get_secret_value()
        store = await stack.enter_async_context(open_bucket(settings.supabase_url, key))
    else:
        store = await _open_folder(settings, lambda: address)
        tables.append(media.routes(store.find))
    options = WebOptions(
        public_url=address,
        allowed_hosts=settings.listed("allowed_hosts"),
        trusted_proxies=settings.listed("trusted_proxies"),
        cors_origins=settings.listed("cors_allowed_origins"),
        debug=settings.debug,
    )
    checks = {"database": lambda: database.fetchval("SELECT 1")}
    served = app.web_app(options, checks, tables, is_draining)
    serving = server.serve(served, settings.host or host, settings.port, any_port=any_port)
    port = await stack.enter_async_context(serving)
    address = address or f"http://localhost:{port}"
    return address, store


async def _open_folder(settings: Settings, address: Callable[[], str]) -> folder.FolderFiles:
    try:
        return await folder.open_folder(settings.files_folder, address)
    except errors.StorageFailed as error:
        name = "KICKBOT_FILES" if settings.kickbot_files else "KICKBOT_DATA"
        why = error.__cause__.strerror if isinstance(error.__cause__, OSError) else "no reason is known"
        problem = f"{settings.files_folder} cannot be written to ({why})"
        raise errors.BadSetting(name=name, problem=problem) from error


def _warmth(opened: engines.Opened, database: Database) -> Warmth | None:
    if opened.scaler is None:
        return None
    return Warmth(deployed.APP, Warmths(database), warming.Warmer(opened.scaler))


def limits_of(settings: Settings) -> Limits:
    """The limits that are set, or those that hold where none are."""
    return Limits(
        daily=settings.kickbot_daily_limit,
        everyone=settings.kickbot_global_limit,
        take_days=settings.kickbot_take_days,
        lease=settings.kickbot_lease_seconds,
    )
