"""What the parts of this surface share."""

from dataclasses import dataclass, field
from typing import Protocol

from bots.chat.background import Background
from bots.chat.deliveries import Deliveries
from bots.chat.leftovers import Leftovers
from bots.chat.notifications import Notifications
from bots.chat.wording import Markup
from bots.slack.api import Api
from bots.slack.playing import Playing
from bots.slack.post import Post
from bots.slack.profiles import Profiles
from bots.slack.workspaces import Workspaces
from core.chat.services import Services


class SeenEvents(Protocol):
    """Remembers what was heard, however many processes hear it. May raise `errors.DatabaseUnavailable`."""

    async def first(self, application: str, event: str) -> bool:
        """Whether nobody has heard of the event before."""


@dataclass(slots=True)
class Surface(Services):
    """Kickbot on Slack, in one workspace or many: the services, and what is Slack's own.

    `settling` is seconds after which two events of one moment have surely been done, whoever heard them.
    """

    api: Api
    workspaces: Workspaces
    post: Post
    markup: Markup
    playing: Playing
    profiles: Profiles
    seen_events: SeenEvents
    notifications: Notifications
    deliveries: Deliveries
    leftovers: Leftovers
    settling: float
    background: Background = field(default_factory=Background)
