"""The port behind which it is kept what messages show."""

from typing import Protocol

from core.messages import Posted, Shown
from core.people import Person, Place
from core.refs import Ref


class Messages(Protocol):
    """What messages in channels show: whoever reads there may save that."""

    async def record(self, account: int, place: Place, message: str, ref: Ref) -> bool:
        """Note that the account had this shown there; False where it may not see that itself, and nothing is noted."""

    async def shown(self, place: Place, message: str) -> Shown | None:
        """The message in that channel, or in that thread, and what it shows; None where it is none of ours."""

    async def latest(self, place: Place) -> Ref | None:
        """What the newest message in that channel shows."""

    async def recent(self, application: str, hours: float) -> list[Shown]:
        """The messages of the last `hours` where the application is a member, newest first, with the marks heard."""

    async def saves(self, ref: Ref) -> int:
        """How many accounts have saved the sound of `ref`."""

    async def keepers(self, ref: Ref, platform: str) -> list[Person]:
        """Who on that platform has saved the sound of `ref`."""

    async def hear(self, posted: Posted, mark: bytes) -> None:
        """Note for as long as the message is known that the reaction with that mark was heard."""

    async def unhear(self, posted: Posted, mark: bytes) -> None:
        """Forget the reaction, which was taken away."""

    async def heard(self, posted: Posted, mark: bytes) -> bool:
        """Whether the reaction was heard."""
