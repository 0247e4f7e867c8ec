"""What the parts of this surface share."""

from dataclasses import dataclass, field
from typing import Protocol

from bots.chat.background import Background
from bots.chat.deliveries import Deliveries
from bots.chat.leftovers import Leftovers
from bots.chat.notifications import Notifications
from bots.chat.wording import Markup
from bots.slack.api import Api
from bots.slack.post import Post
from bots.slack.profiles import Profiles
from bots.slack.uploads import Uploads
from bots.slack.workspaces import Workspaces
from core.chat.desk import Desk
from core.chat.place_settings import PlaceSettingsCommands
from core.chat.reactions import Reactions
from core.chat.shown_messages import ShownMessages
from core.library.library import Library
from core.library.presets import Presets
from core.library.sharing import Sharing
from core.making.studio import Studio


class SeenEvents(Protocol):
    """Remembers what was heard, however many processes hear it. May raise `errors.DatabaseUnavailable`."""

    async def first(self, application: str, event: str) -> bool:
        """Whether nobody has heard of the event before."""


@dataclass(frozen=True, slots=True)
class Surface:
    """Kickbot on Slack, in one workspace or many."""

    studio: Studio
    desk: Desk
    library: Library
    presets: Presets
    sharing: Sharing
    showing: ShownMessages
    reactions: Reactions
    place_settings: PlaceSettingsCommands
    api: Api
    workspaces: Workspaces
    post: Post
    markup: Markup
    uploads: Uploads
    profiles: Profiles
    seen_events: SeenEvents
    notifications: Notifications
    deliveries: Deliveries
    leftovers: Leftovers
    background: Background = field(default_factory=Background)
