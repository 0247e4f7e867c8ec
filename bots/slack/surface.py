"""What the parts of this surface share."""

from dataclasses import dataclass, field
from typing import Protocol

from bots.chat.background import Background
from bots.chat.deliveries import Deliveries
from bots.chat.notifications import Notifications
from bots.chat.wording import Markup
from bots.slack.post import Post
from bots.slack.profiles import Profiles
from bots.slack.uploads import Uploads
from core.chat.desk import Desk


class SeenEvents(Protocol):
    """Remembers what was heard, however many processes hear it. May raise `errors.DatabaseUnavailable`."""

    async def first(self, application: str, event: str) -> bool:
        """Whether nobody has heard of the event before."""


@dataclass(frozen=True, slots=True)
class Surface:
    """Kickbot on Slack, in one workspace or many."""

    desk: Desk
    post: Post
    markup: Markup
    uploads: Uploads
    profiles: Profiles
    seen_events: SeenEvents
    deliveries: Deliveries
    notifications: Notifications
    background: Background = field(default_factory=Background)
