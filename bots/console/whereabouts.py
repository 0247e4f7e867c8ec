"""Where the sounds are that a console tells of."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from core.answers.cards import Audio

Find = Callable[[str], Path | None]
"""The file of a sound at that path, None where it is in no folder of this machine."""


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Links work only while somebody serves them: where they are not `served`, the file is told."""

    find: Find = lambda path: None
    served: bool = True

    def url(self, audio: Audio) -> str | None:
        """The link."""
        return audio.url if self.served else None

    def picture_url(self, audio: Audio) -> str | None:
        """The picture's link."""
        return audio.picture_url if self.served else None

    def file(self, audio: Audio) -> str | None:
        """The file's path. Reads the disk."""
        found = self.find(audio.path)
        return str(found.absolute()) if found else None
