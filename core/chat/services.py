"""All that people can do, as the services that do it."""

from dataclasses import dataclass, fields
from typing import Any

from core.chat.desk import Desk
from core.chat.place_settings import PlaceSettingsCommands
from core.chat.reactions import Reactions
from core.chat.removals import Removals
from core.chat.shown_messages import ShownMessages
from core.engine import Engine
from core.files import Files
from core.library.hearing import Hearing
from core.library.library import Library
from core.library.presets import Presets
from core.library.sharing import Sharing
from core.making.studio import Studio


@dataclass(slots=True)
class Services:
    """The services of one process. A platform has them all, and hands on to each of its parts what that uses."""

    engine: Engine
    files: Files
    studio: Studio
    desk: Desk
    library: Library
    presets: Presets
    sharing: Sharing
    hearing: Hearing
    showing: ShownMessages
    reactions: Reactions
    place_settings: PlaceSettingsCommands
    removals: Removals

    def each(self) -> dict[str, Any]:
        """Each by its name, for a platform that has them beside its own."""
        return {field.name: getattr(self, field.name) for field in fields(Services)}
