"""The workspaces in which the app is installed."""

from dataclasses import dataclass, field
from typing import Protocol

from bots.slack.platform import PLATFORM
from core.people import Person, Place


@dataclass(frozen=True, slots=True)
class Workspace:
    """One workspace: the bot's ids there, and the token with which it speaks.

    A Slack app has a bot user of its own in each workspace, which makes its id the name of "this app, there".
    """

    team: str
    bot_user: str
    bot: str
    token: str = field(repr=False)

    @property
    def application(self) -> str:
        """The name under which jobs and messages of the app in this workspace are kept."""
        return f"{PLATFORM}:{self.bot_user}:{self.team}"

    def place(self, channel: str, thread: str | None = None) -> Place:
        """A channel of it, or a thread there; conversations with the bot alone are private."""
        return Place(self.application, PLATFORM, self.team, channel, thread, private=channel.startswith("D"))

    def person(self, user: str, name: str) -> Person:
        """Somebody in it."""
        return Person(PLATFORM, self.team, user, name)


class Workspaces(Protocol):
    """Finds workspaces. Each may raise `errors.DatabaseUnavailable`, or what Slack's client raises."""

    async def find(self, team: str) -> Workspace | None:
        """The workspace, None where the app is not installed there."""

    async def all(self) -> list[Workspace]:
        """Every one."""

    async def forget(self, team: str) -> None:
        """The app is no longer installed there."""
