"""The port behind which letters are kept until they are sent."""

from collections.abc import Sequence
from typing import Protocol

from core.identities import Envelope


class LetterRows(Protocol):
    """Letters that are not sent yet. What they tell of has noted them.

    A letter that is claimed is nobody else's for a minute; each time it is twice as long.
    """

    async def claim(self, platform: str, realms: Sequence[str]) -> Envelope | None:
        """One that is due to somebody of that platform, in one of those realms."""

    async def claim_this(self, letter: Envelope) -> bool:
        """That letter; False where it is not due, as it was sent or somebody else sends it."""

    async def sent(self, letter: Envelope) -> None:
        """It was sent."""
