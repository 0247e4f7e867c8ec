"""Where the parts are chosen and put together: the one place that sees all four packages."""

import asyncio
from collections.abc import AsyncIterator, Coroutine, Iterable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from aiohttp import web

from bots import engines, remote_database, secret
from bots.letters import Letterbox
from bots.settings import Settings
from bots.web import app, media, server
from bots.web.options import WebOptions
from core import errors
from core.account_desk import AccountDesk
from core.accounts import Accounts
from core.appraising import Appraiser
from core.clearing import Clearing
from core.desk import Desk
from core.files import Files
from core.keys import Keys
from core.library import Library
from core.place_settings import PlaceSettingsCommands
from core.presets import Presets
from core.removals import Removals
from core.sharing import Sharing
from core.showing import Showing
from core.studio import Limits, Studio
from core.sweeping import Sweeper
from core.warmth import Warmth
from db import embedded, folder, migrate
from db.accounts import AccountRows
from db.database import Database
from db.engines import Vocabularies, Warmths
from db.hearing import Hearing
from db.installations import Installations
from db.jobs import Jobs
from db.letters import LetterRows
from db.library import LibraryRows
from db.link_codes import LinkCodes
from db.messages import Messages
from db.people import People
from db.place_settings import PlaceSettingsRows
from db.pool import open_pool
from db.presets import PresetRows
from db.removals import RemovalRows
from db.shares import Shares
from db.sweepings import Sweepings
from db.takes import Takes
from gpu import deployed
from gpu.engines import warming

HERE = "127.0.0.1"  # what one person tries in a terminal is nobody else's business


@dataclass(frozen=True, slots=True)
class Kickbot:
    """All parts, put together and running. `address` is where the HTTP server is reached."""

    settings: Settings
    studio: Studio
    desk: Desk
    sweeper: Sweeper
    warmth: Warmth | None
    hearing: Hearing
    installations: Installations
    letters: Letterbox
    address: str

    def upkeep(self) -> list[Coroutine[None, None, None]]:
        """What is to run beside the surfaces, each until it is cancelled."""
        upkeep = [self.studio.keep_leases(), self.sweeper.run()]
        return upkeep if self.warmth is None else [*upkeep, self.warmth.run()]

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
) -> AsyncIterator[Kickbot]:
    """Put everything together and serve HTTP, at `host` where none is set.

    With `any_port` a free port is taken where the set one is busy. `tables` are routes that are served too.

    An embedded database is migrated; where a real one is behind, `errors.MigrationsPending` says so.
    """
    async with AsyncExitStack() as stack:
        database = await stack.enter_async_context(open_database(settings))
        await bring_up_to_date(settings, database)
        address, store = await _serve_files(settings, host, database, stack, tables, any_port=any_port)
        keys = Keys.of(await asyncio.to_thread(secret.secret_key, settings))
        people = People(database, keys)
        opened = await engines.open_engine(settings, Vocabularies(database), stack)
        studio = Studio(opened.engine, store, Jobs(database), people, _limits(settings))
        sweeper = Sweeper(Sweepings(database), store)
        clearing = Clearing(Removals(RemovalRows(database)), Sweepings(database), store)
        accounts = _accounts(settings, database, people, keys, clearing)
        yield Kickbot(
            settings=settings,
            studio=studio,
            desk=_desk(settings, database, studio, people, accounts),
            sweeper=sweeper,
            warmth=_warmth(opened, database),
            hearing=Hearing(database),
            installations=Installations(database),
            letters=Letterbox(LetterRows(database)),
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
) -> tuple[str, Files]:
    """Serve HTTP, which serves the files where no bucket does; the address and the files."""
    address = settings.public_url or ""
    store: Files
    tables = list(others)
    if settings.supabase_url and settings.supabase_service_key:
        from db.bucket import open_bucket  # noqa: PLC0415  # half a second that only this store is worth

        key = settings.supabase_service_key.get_secret_value()
        store = await stack.enter_async_context(open_bucket(settings.supabase_url, key))
    else:
        store = await folder.open_folder(settings.kickbot_files or settings.kickbot_data / "files", lambda: address)
        tables.append(media.routes(store.find))
    options = WebOptions(
        public_url=address,
        allowed_hosts=settings.listed("allowed_hosts"),
        trusted_proxies=settings.listed("trusted_proxies"),
        cors_origins=settings.listed("cors_allowed_origins"),
        debug=settings.debug,
    )
    checks = {"database": lambda: database.fetchval("SELECT 1")}
    served = app.web_app(options, checks, tables)
    serving = server.serve(served, settings.host or host, settings.port, any_port=any_port)
    port = await stack.enter_async_context(serving)
    address = address or f"http://localhost:{port}"
    return address, store


def _desk(settings: Settings, database: Database, studio: Studio, people: People, accounts: Accounts) -> Desk:
    """The services that answer commands."""
    files, kicks, presets, messages = studio.files, LibraryRows(database), PresetRows(database), Messages(database)
    appraiser = Appraiser(kicks, files)
    clearing, limit = accounts.clearing, settings.kickbot_keep_limit
    return Desk(
        studio=studio,
        library=Library(kicks, Takes(database), presets, messages, people, files, appraiser, clearing, limit),
        presets=Presets(presets, people, files, appraiser, clearing),
        sharing=Sharing(Shares(database), presets, people, files, appraiser),
        showing=Showing(messages, people),
        account=AccountDesk(accounts),
        place_settings=PlaceSettingsCommands(PlaceSettingsRows(database)),
    )


def _accounts(settings: Settings, database: Database, people: People, keys: Keys, clearing: Clearing) -> Accounts:
    return Accounts(
        people=people,
        rows=AccountRows(database, keys),
        codes=LinkCodes(database),
        clearing=clearing,
        keys=keys,
        daily=settings.kickbot_daily_limit,
        keep=settings.kickbot_keep_limit,
    )


def _warmth(opened: engines.Opened, database: Database) -> Warmth | None:
    if opened.scaler is None:
        return None
    return Warmth(deployed.APP, Warmths(database), warming.Warmer(opened.scaler))


def _limits(settings: Settings) -> Limits:
    return Limits(
        daily=settings.kickbot_daily_limit,
        everyone=settings.kickbot_global_limit,
        take_days=settings.kickbot_take_days,
        lease=settings.kickbot_lease_seconds,
    )
