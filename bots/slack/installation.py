"""Installing into many workspaces: Slack sends whoever installs the app back with a code, which is worth a token."""

import asyncio
import time
from dataclasses import dataclass, field
from logging import getLogger
from typing import Protocol

from pydantic import SecretStr
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_sdk.oauth.installation_store import Installation
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.state_store.stateless import StatelessOAuthStateStore

from bots.slack import http_mode, install_pages, manifest
from bots.slack.token_encryption import TokenCipher
from bots.slack.workspaces import Workspace
from core import errors
from core.accounts import keys

log = getLogger(__name__)

KNOWN_FOR = 60.0
"""Seconds for which a process trusts what it knows of a workspace: another process may have heard of its end."""

STATE_SECONDS = 600


class Rows(Protocol):
    """What is kept of workspaces, by the app's client id. Each may raise `errors.DatabaseUnavailable`."""

    async def put(self, client: str, team: str, sealed: bytes) -> None:
        """Keep it; what was there before is replaced."""

    async def get(self, client: str, team: str) -> bytes | None:
        """What is kept of one, None where nothing is."""

    async def all(self, client: str) -> list[tuple[str, bytes]]:
        """Every workspace's id and what is kept of it."""

    async def remove(self, client: str, team: str) -> None:
        """Keep nothing of it."""


@dataclass(slots=True)
class Installed:
    """The workspaces (`Workspaces`) that have installed the app with that client id.

    `turn` lets nobody remember a workspace from a row that is being removed.
    """

    rows: Rows
    cipher: TokenCipher
    client: str
    known: dict[str, tuple[float, Workspace]] = field(default_factory=dict)
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def find(self, team: str) -> Workspace | None:
        """See `Workspaces`. While the database is away, what was last known of it counts."""
        until, workspace = self.known.get(team, (0.0, None))
        if workspace is not None and until > time.monotonic():
            return workspace
        async with self.turn:
            try:
                sealed = await self.rows.get(self.client, team)
            except errors.DatabaseUnavailable:
                if team not in self.known:
                    raise
                return self.known[team][1]
            found = self._opened(team, sealed) if sealed is not None else None
            if found is not None:
                self._remember(found)
        return found

    async def all(self) -> list[Workspace]:
        """See `Workspaces`."""
        opened = [self._opened(team, sealed) for team, sealed in await self.rows.all(self.client)]
        return [workspace for workspace in opened if workspace is not None]

    async def add(self, workspace: Workspace) -> None:
        """The app is installed there."""
        async with self.turn:
            await self.rows.put(self.client, workspace.team, self.cipher.encrypt(workspace))
            self._remember(workspace)

    async def forget(self, team: str) -> None:
        """The app is installed there no more."""
        async with self.turn:
            await self.rows.remove(self.client, team)
            self.known.pop(team, None)

    def _remember(self, workspace: Workspace) -> None:
        self.known[workspace.team] = (time.monotonic() + KNOWN_FOR, workspace)

    def _opened(self, team: str, sealed: bytes) -> Workspace | None:
        workspace = self.cipher.decrypt(team, sealed)
        if workspace is None:
            log.error("the token of workspace %s was sealed with another SECRET_KEY; install the app there again", team)
        return workspace


class Store(AsyncInstallationStore):
    """Where Bolt puts an installation."""

    def __init__(self, installed: Installed) -> None:
        self._installed = installed

    async def async_save(self, installation: Installation) -> None:
        """Keep the bot's token. We ask for none of a user. Raises `WholeOrganization`."""
        team = installation.team_id
        if installation.is_enterprise_install:
            raise install_pages.WholeOrganization
        if not (team and installation.bot_token and installation.bot_user_id and installation.bot_id):
            raise ValueError("Slack has sent an installation without a bot")
        workspace = Workspace(team, installation.bot_user_id, installation.bot_id, installation.bot_token)
        await self._installed.add(workspace)


def settings(installed: Installed, client_secret: SecretStr, secret: str, public_url: str) -> AsyncOAuthSettings:
    """What Bolt needs to know of the app. `secret` signs the state that goes to Slack and comes back."""
    return AsyncOAuthSettings(
        client_id=installed.client,
        client_secret=client_secret.get_secret_value(),
        scopes=list(manifest.SCOPES),
        redirect_uri=public_url.rstrip("/") + http_mode.REDIRECT,
        install_path=http_mode.INSTALL,
        redirect_uri_path=http_mode.REDIRECT,
        install_page_rendering_enabled=False,
        callback_options=install_pages.options(),
        installation_store=Store(installed),
        installation_store_bot_only=True,
        state_store=StatelessOAuthStateStore(
            expiration_seconds=STATE_SECONDS, signing_secret=keys.derive(secret, "slack oauth state").hex()
        ),
        state_expiration_seconds=STATE_SECONDS,
    )
