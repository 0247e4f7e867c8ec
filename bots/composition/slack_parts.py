"""What Slack's side is made of, as the settings want it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings

from bots.composition import secret_key
from bots.settings import Settings
from bots.slack import api, installation, start
from bots.slack.api import Api
from bots.slack.http_mode import HttpMode
from bots.slack.installation import Installed, Rows
from bots.slack.single_workspace import SingleWorkspace
from bots.slack.token_encryption import TokenCipher
from bots.slack.workspaces import Workspaces
from core import errors


def http_mode(settings: Settings) -> HttpMode | None:
    """The way in over HTTP, None where Slack is to come by Socket Mode only."""
    if settings.slack_signing_secret is None:
        return None
    return HttpMode(settings.slack_signing_secret.get_secret_value())


ANSWERED_WITHIN = aiohttp.ClientTimeout(total=30)
"""What a request to Slack may take in all."""


@asynccontextmanager
async def joined(
    settings: Settings, dependencies: start.Dependencies, rows: Rows, way_in: HttpMode | None
) -> AsyncIterator[None]:
    """Listen and answer while the block lasts. Raises `errors.BadSetting`."""
    async with aiohttp.ClientSession(timeout=ANSWERED_WITHIN) as session:
        slack = Api(session, settings.slack_api_url or api.SLACK)
        app_token = settings.slack_app_token.get_secret_value() if settings.slack_app_token else None
        if settings.slack_bot_token is not None:
            workspaces: Workspaces = SingleWorkspace(slack, settings.slack_bot_token)
            oauth = None
        else:
            key = await asyncio.to_thread(secret_key.secret_key, settings)
            installed = Installed(rows, TokenCipher.from_secret(key), settings.slack_client_id or "")
            workspaces, oauth = installed, _oauth(settings, installed, key)
        connections = start.Connections(way_in, app_token, oauth)
        async with start.running(start.surface(dependencies, slack, workspaces, start.Timing()), connections):
            yield


def _oauth(settings: Settings, installed: Installed, key: str) -> AsyncOAuthSettings:
    if settings.public_url is None or settings.slack_client_secret is None:
        problem = "is needed with SLACK_CLIENT_ID: Slack sends whoever installs the app back to it"
        raise errors.BadSetting(name="PUBLIC_URL", problem=problem)
    return installation.settings(installed, settings.slack_client_secret, key, settings.public_url)
