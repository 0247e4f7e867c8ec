"""Saves by reaction: each reaction counts once, however often it is read."""

from dataclasses import dataclass

from core import errors
from core.accounts.keys import Keys
from core.answers import replies
from core.library.library import Library
from core.messages import Posted, Shown
from core.people import Actor
from core.refs import Ref
from core.stores.messages import Messages


@dataclass(frozen=True, slots=True)
class Reactions:
    """Saves and takes back what messages show, and remembers of each reaction that it was heard.

    That is noted behind the save, so that a process that dies between the two leaves the reaction to be read again.
    """

    library: Library
    messages: Messages
    keys: Keys

    async def save(self, actor: Actor, ref: Ref, message: str) -> replies.Saved:
        """Save what the message shows, as somebody reacts to it; a refusal that they are told counts as heard.

        Raises what `Library.save` does.
        """
        posted = Posted(actor.place.application, actor.place.channel, message)
        try:
            saved = await self.library.save(actor, ref)
        except errors.DatabaseUnavailable:
            raise
        except errors.KickbotError:
            await self._hear(actor, posted)
            raise
        await self._hear(actor, posted)
        return saved

    async def take_back(self, actor: Actor, ref: Ref, message: str) -> replies.Notice:
        """Take the save back, as `Library.unsave` does, when the reaction is taken away."""
        posted = Posted(actor.place.application, actor.place.channel, message)
        await self.messages.unhear(posted, self.keys.reaction(posted, actor.person))
        return await self.library.unsave(actor, ref)

    async def catch_up(self, actor: Actor, shown: Shown) -> None:
        """Save for a reaction that stands below the message, unless it was heard when it was made, or read since.

        Raises what `Library.save` does.
        """
        if not await self.messages.heard(shown.posted, self.keys.reaction(shown.posted, actor.person)):
            await self.library.save(actor, shown.ref)
            await self._hear(actor, shown.posted)

    async def _hear(self, actor: Actor, posted: Posted) -> None:
        await self.messages.hear(posted, self.keys.reaction(posted, actor.person))
