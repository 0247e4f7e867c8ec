"""What reactions do: 💾 saves and taken away undoes that, ❌ deletes. Each counts once, however often it is read."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from logging import getLogger

from core import errors
from core.accounts.keys import Keys
from core.answers import replies
from core.library.library import Library
from core.messages import Posted, Shown
from core.people import Actor, Place
from core.refs import Ref
from core.stores.messages import Messages

log = getLogger(__name__)

READ_BACK = 24
"""Hours of messages whose reactions are read at a start."""


class Reaction(Enum):
    """A reaction that means something; each platform has its own name for it."""

    SAVE = auto()
    DELETE = auto()


@dataclass(frozen=True, slots=True)
class Standing:
    """Whose 💾 and ❌ stand below a message now; bots' do not count."""

    shown: Shown
    place: Place
    saves: tuple[Actor, ...]
    deletions: tuple[Actor, ...] = ()


Read = Callable[[Sequence[Shown]], AsyncIterator[Standing]]
"""Reads what stands below the messages: one that is gone, or out of reach, is passed over."""

Ask = Callable[[Actor, replies.Question], Awaitable[object]]
"""Puts a question to somebody who is not asking just now."""


async def _unasked(actor: Actor, question: replies.Question) -> None:
    """Where nobody can be asked, what is asked about stays."""


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
        posted = Posted(actor.place.application, actor.place.channel, message)
        try:
            reply = await self.library.delete_shown(actor, str(ref), message)
        except errors.NotYours:
            # People put ❌ below what they do not like; nobody is told that it is not theirs.
            await self.messages.hear(posted, self._cross(actor, posted))
            return None
        if isinstance(reply, replies.Question):
            await self.messages.hear(posted, self._cross(actor, posted))
        return reply

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

    async def catch_up(self, applications: Iterable[str], read: Read, ask: Ask = _unasked) -> None:
        """Do what reactions of the last day ask for that were made, or taken away, while nobody listened.

        One that was heard when it was made, or read since, brings nothing back that was deleted since. Raises nothing.
        """
        try:
            for application in applications:
                async for standing in read(await self.messages.recent(application, READ_BACK)):
                    await self._take_back(standing)
                    for actor in standing.saves:
                        await self._save_late(actor, standing.shown)
                    for actor in standing.deletions:
                        await self._delete_late(actor, standing.shown, ask)
        except errors.DatabaseUnavailable as error:
            log.warning("reactions that were made meanwhile are not read: %s", error.detail)
        except Exception:
            log.exception("reactions that were made meanwhile are not read")

    async def _take_back(self, standing: Standing) -> None:
        """Take back the saves whose 💾 stands there no more; who they are is told by marks alone."""
        shown, posted = standing.shown, standing.shown.posted
        crosses = {self._cross(actor, posted) for actor in standing.deletions}
        gone = shown.heard - crosses - {self.keys.reaction(posted, actor.person) for actor in standing.saves}
        if not gone:
            return
        for person in await self.messages.keepers(shown.ref, standing.place.platform):
            if self.keys.reaction(posted, person) in gone:
                await self.library.unsave(Actor(person, standing.place), shown.ref)
        for mark in gone:
            await self.messages.unhear(posted, mark)

    async def _save_late(self, actor: Actor, shown: Shown) -> None:
        if await self._is_heard(shown, self.keys.reaction(shown.posted, actor.person)):
            return
        try:
            await self.library.save(actor, shown.ref)
        except errors.DatabaseUnavailable:
            raise
        except errors.KickbotError as error:
            log.info("%s is not saved for %s: %s", shown.ref, actor.person.id, error)
        else:
            await self._hear(actor, shown.posted)

    async def _delete_late(self, actor: Actor, shown: Shown, ask: Ask) -> None:
        if await self._is_heard(shown, self._cross(actor, shown.posted)):
            return
        try:
            reply = await self.added(actor, Reaction.DELETE, shown.ref, shown.posted.message)
        except errors.DatabaseUnavailable:
            raise
        except errors.KickbotError as error:
            log.info("%s is not deleted for %s: %s", shown.ref, actor.person.id, error)
        else:
            if isinstance(reply, replies.Question):
                await ask(actor, reply)

    async def _is_heard(self, shown: Shown, mark: bytes) -> bool:
        """Whether it was, when the messages were read or since: most were, and cost no query each."""
        return mark in shown.heard or await self.messages.heard(shown.posted, mark)

    def _cross(self, actor: Actor, posted: Posted) -> bytes:
        return self.keys.reaction(posted, actor.person, "cross")

    async def _hear(self, actor: Actor, posted: Posted) -> None:
        await self.messages.hear(posted, self.keys.reaction(posted, actor.person))
