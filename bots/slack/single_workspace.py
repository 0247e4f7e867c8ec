"""The one workspace of a bot token."""

import asyncio
from dataclasses import dataclass, field

from pydantic import SecretStr

from bots.slack import api_errors
from bots.slack.api import Api
from bots.slack.workspaces import Workspace
from core import errors


@dataclass(slots=True)
class SingleWorkspace:
    """Asks Slack once whose the token is."""

    api: Api
    token: SecretStr
    found: Workspace | None = None
    asking: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def find(self, team: str) -> Workspace | None:
        """See `Workspaces`."""
        return next((workspace for workspace in await self.all() if workspace.team == team), None)

    async def all(self) -> list[Workspace]:
        """See `Workspaces`. Raises `errors.BadSetting` where Slack does not take the token."""
        async with self.asking:
            if self.found is None:
                self.found = await self._asked()
        return [self.found]

    async def forget(self, team: str) -> None:
        """See `Workspaces`. The token is the operator's, and Slack refuses it from now on."""

    async def _asked(self) -> Workspace:
        token = self.token.get_secret_value()
        try:
            told = await self.api.client(token).auth_test()
        except api_errors.FAILURES as error:
            if api_errors.code(error) not in api_errors.REVOKED:
                raise
            problem = f"Slack does not take it ({api_errors.code(error)})"
            raise errors.BadSetting(name="SLACK_BOT_TOKEN", problem=problem) from error
        return Workspace(str(told["team_id"]), str(told["user_id"]), str(told["bot_id"]), token)
