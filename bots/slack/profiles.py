"""Who people are: the name they go by, and whether they manage the workspace."""

import asyncio
import time
from dataclasses import dataclass, field
from logging import getLogger
from typing import Any

from bots.slack import api_errors
from bots.slack.api import Api
from bots.slack.api_errors import ErrorKind
from bots.slack.requests import Request
from core.people import Actor

log = getLogger(__name__)

KEPT_FOR = 600.0
MOST = 10_000
TIMEOUT = 3.0
"""Seconds that Slack has to say who somebody is: until then their kick is not on its way."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What a workspace says of somebody."""

    name: str
    manages: bool = False
    bot: bool = False
    until: float = 0.0


@dataclass(slots=True)
class Profiles:
    """Asks Slack for at most `timeout` seconds, and keeps the answers for ten minutes."""

    api: Api
    timeout: float = TIMEOUT
    known: dict[tuple[str, str], Profile] = field(default_factory=dict)

    async def actor(self, request: Request) -> Actor:
        """Who asks. Where Slack does not tell, they go by the name that came along and manage nothing."""
        profile = await self._profile(request)
        person = request.workspace.person(request.user, profile.name)
        return Actor(person, request.place, moderator=profile.manages, admin=profile.manages)

    async def bot(self, request: Request) -> bool:
        """Whether an app asks, which has no library."""
        return (await self._profile(request)).bot

    async def _profile(self, request: Request) -> Profile:
        key = (request.workspace.team, request.user)
        profile = self.known.get(key)
        if profile is None or profile.until < time.monotonic():
            profile = await self._asked(request)
            if len(self.known) >= MOST:
                self.known.clear()
            self.known[key] = profile
        return profile

    async def _asked(self, request: Request) -> Profile:
        until = time.monotonic() + KEPT_FOR
        try:
            async with asyncio.timeout(self.timeout):
                found = await self.api.without_retries(request.workspace.token).users_info(user=request.user)
        except api_errors.FAILURES as error:
            log.info("Slack does not tell who %s is: %r", request.user, error)
            lasting = api_errors.classify(error) is ErrorKind.CLOSED
            return Profile(request.name or request.user, until=until if lasting else 0.0)
        user = found["user"]
        profile = user.get("profile", {})
        name = profile.get("display_name") or profile.get("real_name") or user.get("name") or request.user
        manages = bool(user.get("is_admin") or user.get("is_owner")) and _belongs(user, request.workspace.team)
        return Profile(name, manages, bool(user.get("is_bot")), until)


def _belongs(user: dict[str, Any], team: str) -> bool:
    """Whether somebody is of that workspace: in a channel that it shares with others, their admins write too."""
    teams = (user.get("enterprise_user") or {}).get("teams") or ()
    return not user.get("is_stranger") and (user.get("team_id") == team or team in teams)
