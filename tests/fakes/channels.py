"""Channels in which messages can be removed, or not."""

import asyncio
from dataclasses import dataclass, field
from pathlib import Path

from core.chat.removals import Removal
from core.messages import Posted


@dataclass
class Channels:
    """`core.chat.removals.Remove`: `came` says what comes of it, and what `hangs` is never answered.

    `asked` are the messages that were to be removed, in their order.
    """

    came: Removal = Removal.DONE
    hangs: bool = False
    asked: list[Posted] = field(default_factory=list)

    async def remove(self, posted: Posted) -> Removal:
        self.asked.append(posted)
        if self.hangs:
            await asyncio.Event().wait()
        return self.came


@dataclass(frozen=True)
class Board:
    """A channel that outlives the process: its messages are files in a folder."""

    folder: Path

    def post(self, *messages: str) -> None:
        """Show them."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for message in messages:
            (self.folder / message).touch()

    @property
    def shown(self) -> set[str]:
        """What is to be seen."""
        return {file.name for file in self.folder.iterdir()}

    async def remove(self, posted: Posted) -> Removal:
        """See `core.chat.removals.Remove`."""
        (self.folder / posted.message).unlink(missing_ok=True)
        return Removal.DONE
