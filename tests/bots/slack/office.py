"""A small Slack with the real bot in it, on the real core."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Literal
from uuid import uuid4

import aiohttp
from pydantic import SecretStr

from bots.chat.notifications import Notifications
from bots.slack import installation, start
from bots.slack.api import Api
from bots.slack.http_mode import EVENTS, HttpMode
from bots.slack.installation import Installed
from bots.slack.single_workspace import SingleWorkspace
from bots.slack.surface import Surface
from bots.slack.token_encryption import TokenCipher
from bots.web import app, server
from bots.web.options import WebOptions
from core import errors
from core.chat.services import Services
from core.engine import Engine
from db import seen_events
from db.accounts.notifications import NotificationRows
from db.installations import Installations
from gpu.synth.engine import SynthEngine
from tests.core.library.shop import Shop
from tests.fakes.files import MemoryFiles
from tests.fakes.slack import people
from tests.fakes.slack import server as slack_server
from tests.fakes.slack.sockets import Sockets
from tests.fakes.slack.world import Channel, Message, Token, World

Mode = Literal["http", "socket"]
PACE = start.Timing(edits=0.05, shares=(0.01,) * 6, names=0.5, settling=0.5)
BOT, TEAM, BOT_TOKEN, APP_TOKEN = "UBOT", "T1", "xoxb-1", "xapp-1"


@dataclass
class PublicFiles(MemoryFiles):
    """Files that Slack can load, or not, by their host."""

    host: str = "files.example"

    def url(self, path: str) -> str:
        return f"https://{self.host}/{path}"


@dataclass
class Rows:
    """What is kept of workspaces; while it is `away`, nothing can be read or written."""

    kept: Installations
    away: bool = False

    async def put(self, client: str, team: str, sealed: bytes) -> None:
        self._reached()
        await self.kept.put(client, team, sealed)

    async def get(self, client: str, team: str) -> bytes | None:
        self._reached()
        return await self.kept.get(client, team)

    async def all(self, client: str) -> list[tuple[str, bytes]]:
        self._reached()
        return await self.kept.all(client)

    async def remove(self, client: str, team: str) -> None:
        self._reached()
        await self.kept.remove(client, team)

    def _reached(self) -> None:
        if self.away:
            raise errors.DatabaseUnavailable


@dataclass
class Office:
    """A workspace with a channel, the bot, and ada and bob among others; bob manages the workspace."""

    world: World
    sockets: Sockets
    shop: Shop
    session: aiohttp.ClientSession
    mode: Mode = "http"
    engine: Engine = field(default_factory=SynthEngine)
    installable: bool = False
    notifications: Notifications = field(init=False)
    rows: Rows = field(init=False)
    line: people.Line | None = None
    here: Surface | None = None
    address: str = ""

    def __post_init__(self) -> None:
        self.rows = Rows(Installations(self.shop.database))
        self.notifications = Notifications(NotificationRows(self.shop.database))
        self.world.tokens[BOT_TOKEN] = Token(TEAM, BOT, "B1")
        self.world.app_tokens.add(APP_TOKEN)
        self.general = self.world.channel("general", "public", "UADA", "UBOB", BOT)
        self.world.person("UADA", "ada")
        self.world.person("UBOB", "bob", admin=True)

    @property
    def ada(self) -> people.Somebody:
        return self.somebody("UADA", "ada")

    @property
    def bob(self) -> people.Somebody:
        return self.somebody("UBOB", "bob")

    @property
    def surface(self) -> Surface:
        """The running process's."""
        assert self.here is not None
        return self.here

    def somebody(self, user: str, name: str) -> people.Somebody:
        """Somebody at work."""
        assert self.line is not None
        return people.Somebody(self.world, self.line, user, name)

    def services(self) -> Services:
        """The core of a new process."""
        return self.shop.services(replace(self.shop.studio, engine=self.engine, worker=uuid4()))

    @asynccontextmanager
    async def process(self) -> AsyncIterator[Surface]:
        """A process of Kickbot, from its start to its orderly end."""
        api = Api(self.session, f"{self.world.address}/api/")
        database = self.shop.database
        installed = Installed(self.rows, TokenCipher.from_secret("a secret"), slack_server.CLIENT[0])
        workspaces = installed if self.installable else SingleWorkspace(api, SecretStr(BOT_TOKEN))
        dependencies = start.Dependencies(self.services(), seen_events.SeenEvents(database), self.notifications)
        here = start.surface(dependencies, api, workspaces, PACE)
        async with AsyncExitStack() as stack:
            http_mode = HttpMode(people.SECRET)
            tables = [http_mode.routes()]
            serving = server.serve(app.web_app(WebOptions(""), {}, tables), "127.0.0.1", 0)
            self.address = f"http://127.0.0.1:{await stack.enter_async_context(serving)}"
            token = APP_TOKEN if self.mode == "socket" else None
            client_secret = SecretStr(slack_server.CLIENT[1])
            oauth = installation.settings(installed, client_secret, "a secret", "https://kick.example")
            doors = start.Connections(http_mode, token, oauth if self.installable else None)
            await stack.enter_async_context(start.running(here, doors))
            http = people.HttpLine(self.session, self.address + EVENTS)
            self.line = http if self.mode == "http" else people.SocketLine(self.sockets)
            self.here = here
            yield here

    async def settle(self) -> None:
        """Wait until nothing goes on any more."""
        here = self.surface
        async with asyncio.timeout(20):
            while here.background.running or here.deliveries.running:
                await asyncio.wait({*here.background.running, *here.deliveries.running})

    def cards(self, channel: Channel | None = None) -> list[Message]:
        """The messages with a kick in them, oldest first."""
        found = (channel or self.general).messages.values()
        return [message for message in found if "🔁 Again" in message.buttons]

    async def kick(self, who: people.Somebody | None = None, text: str = "hit house") -> Message:
        """Somebody's kick, as it is shown."""
        before = {message.ts for message in self.cards()}
        await (who or self.ada).command(text, self.general.id)
        await self.settle()
        [card] = [message for message in self.cards() if message.ts not in before]
        return card

    async def until(self, true: Callable[[], object]) -> None:
        """Wait for it."""
        async with asyncio.timeout(10):
            while not true():  # noqa: ASYNC110  # what is waited for happens in the Slack of the test
                await asyncio.sleep(0.01)


@asynccontextmanager
async def office(shop: Shop, mode: Mode = "http", *, installable: bool = False) -> AsyncIterator[Office]:
    """An office in which the bot is at work."""
    world = World()
    async with slack_server.served(world) as sockets, aiohttp.ClientSession() as session:
        here = Office(world, sockets, shop, session, mode, installable=installable)
        async with here.process():
            yield here
