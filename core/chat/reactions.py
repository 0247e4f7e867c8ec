"""What reactions do: 💾 saves and taken away undoes that, ❌ deletes. Each counts once, however often it is read."""

from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass
from enum import Enum, auto
from logging import getLogger

from core import errors
from core.accounts.keys import Keys
from core.answers import replies
from core.library.library import Library
from core.messages import Posted, Shown
from core.people import Actor
from core.refs import Ref
from core.stores.messages import Messages

log = getLogger(__name__)

READ_BACK = 24
"""Hours of messages whose reactions are read at a start."""


class Reaction(Enum):
    """A reaction that means something; each platform has its own name for it."""

    SAVE = auto()
    DELETE = auto()


Savers = Callable[[Shown], AsyncIterator[Actor]]
"""Whose 💾 stands below the message now; bots' does not count."""


@dataclass(frozen=True, slots=True)
class Reactions:
    """Does what reactions ask for, and remembers of each save that it was heard.

    That is noted behind the save, so that a process that dies between the two leaves the reaction to be read again.
    """

    library: Library
    messages: Messages
    keys: Keys

    async def added(self, actor: Actor, reaction: Reaction, ref: Ref, message: str) -> replies.Reply | None:
        """Save or delete what the message shows; None where nobody is told of it.

        Raises what `Library.save` and `Library.delete` do.
        """
        if reaction is Reaction.SAVE:
            return await self.save(actor, ref, message)
        try:
            return await self.library.delete_shown(actor, str(ref), message)
        except errors.NotYours:
            return None  # People put ❌ below what they do not like; nobody is told that it is not theirs.

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

    async def taken_away(self, actor: Actor, ref: Ref, message: str) -> replies.Notice | None:
        """Take the save back, as `Library.unsave` does, when 💾 is taken away; None where there was none."""
        posted = Posted(actor.place.application, actor.place.channel, message)
        await self.messages.unhear(posted, self.keys.reaction(posted, actor.person))
        notice = await self.library.unsave(actor, ref)
        return notice if notice.kind != "nothing" else None

    async def catch_up(self, applications: Iterable[str], savers: Savers) -> None:
        """Save for the reactions of the last day that were made while nobody listened.

        One that was heard when it was made, or read since, brings nothing back that was deleted since. Raises nothing.
        """
        try:
            for application in applications:
                for shown in await self.messages.recent(application, READ_BACK):
                    async for actor in savers(shown):
                        await self._catch_up(actor, shown)
        except errors.DatabaseUnavailable as error:
            log.warning("saves that were made meanwhile are not read: %s", error.detail)
        except Exception:
            log.exception("saves that were made meanwhile are not read")

    async def _catch_up(self, actor: Actor, shown: Shown) -> None:
        if await self.messages.heard(shown.posted, self.keys.reaction(shown.posted, actor.person)):
            return
        try:
            await self.library.save(actor, shown.ref)
        except errors.DatabaseUnavailable:
            raise
        except errors.KickbotError as error:
            log.info("%s is not saved for %s: %s", shown.ref, actor.person.id, error)
        else:
            await self._hear(actor, shown.posted)

    async def _hear(self, actor: Actor, posted: Posted) -> None:
        await self.messages.hear(posted, self.keys.reaction(posted, actor.person))
