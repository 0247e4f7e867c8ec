"""What messages in channels show, so that buttons and reactions on them find it."""

from dataclasses import dataclass

from core import errors
from core.messages import Shown
from core.people import Actor, Place
from core.refs import Ref
from core.stores.messages import Messages
from core.stores.people import People


@dataclass(frozen=True, slots=True)
class ShownMessages:
    """Remembers what the bot has posted. Whoever reads a channel may save what is shown there."""

    messages: Messages
    people: People

    async def posted(self, actor: Actor, message: str, ref: Ref) -> None:
        """The message with that id shows `ref`, as `actor` asked. What they may not see themselves is not noted."""
        account = await self.people.account(actor.person) or await self.people.enrol(actor.person)
        await self.messages.record(account, actor.place, message, ref)

    async def shown(self, place: Place, message: str) -> Ref | None:
        """What the message shows, None where it is none of ours."""
        found = await self.find(place, message)
        return found.ref if found else None

    async def find(self, place: Place, message: str) -> Shown | None:
        """The message with what it shows; in a thread of which no more is known it is found by that as `channel`."""
        return await self.messages.shown(place, message)

    async def saves(self, place: Place, message: str) -> int | None:
        """How many have saved what the message shows, None where it is none of ours."""
        found = await self.find(place, message)
        return await self.messages.saves(found.ref) if found else None

    async def required(self, place: Place, message: str) -> Ref:
        """What the message shows. Raises `errors.NoSuchTake` where it is none of ours."""
        ref = await self.shown(place, message)
        if ref is None:
            raise errors.NoSuchTake
        return ref
