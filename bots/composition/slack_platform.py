"""Slack's side of the process, where a token says that it is wanted; without one its libraries are not needed."""

from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from importlib import util
from typing import TYPE_CHECKING

from aiohttp import web

from bots.composition.kickbot import Kickbot
from bots.settings import Settings
from core import errors

if TYPE_CHECKING:
    from bots.slack.http_mode import HttpMode


@dataclass(frozen=True, slots=True)
class Side:
    """What is served over HTTP, and who listens. `way_in` is None where Slack comes by Socket Mode only."""

    settings: Settings
    way_in: "HttpMode | None"

    @property
    def tables(self) -> Sequence[Iterable[web.AbstractRouteDef]]:
        """Routes for the HTTP app."""
        return [self.way_in.routes()] if self.way_in else []

    @asynccontextmanager
    async def joined(self, kickbot: Kickbot) -> AsyncIterator[None]:
        """Listen and answer while the block lasts. Raises `errors.BadSetting`."""
        from bots.composition import slack_parts  # noqa: PLC0415  # brings all of slack-bolt
        from bots.slack import markup, start  # noqa: PLC0415

        slash = markup.SlackMarkup(self.settings.slack_command.strip().lstrip("/"))
        dependencies = start.Dependencies(kickbot.services, kickbot.seen_events, kickbot.notifications, slash)
        async with slack_parts.joined(self.settings, dependencies, kickbot.installations, self.way_in):
            yield


def side(settings: Settings) -> Side | None:
    """Slack's side, None where no token asks for it. Raises `errors.BadSetting` where its library is missing."""
    if settings.slack_bot_token is None and settings.slack_client_id is None:
        return None
    if util.find_spec("slack_bolt") is None:
        problem = "needs slack-bolt; `pip install kickbot[slack]` adds it"
        raise errors.BadSetting(name="SLACK_BOT_TOKEN", problem=problem)
    from bots.composition import slack_parts  # noqa: PLC0415  # brings all of slack-bolt

    return Side(settings, slack_parts.http_mode(settings))
