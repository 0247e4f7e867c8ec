"""Where commands are answered, but for making kicks: that is the studio's."""

from dataclasses import dataclass

from core import cards, commands, errors, files, replies
from core.kicks import Take
from core.people import Actor
from core.stores import People, Takes
from core.studio import Studio

RECENT = 10


@dataclass(frozen=True, slots=True)
class Desk:
    """Answers commands for whoever asks."""

    studio: Studio
    people: People
    takes: Takes
    files: files.Files

    async def answer(self, actor: Actor, invocation: commands.Invocation) -> replies.Reply:
        """Do what the invocation says. Raises an `errors.KickbotError` whose text is the answer."""
        match invocation.verb:
            case "kicks":
                return await self._kicks(actor)
            case "delete":
                return await self._delete(actor, invocation.rest)
            case "words":
                vocabulary = await self.studio.engine.vocabulary()
                return replies.Words(tuple(sorted(vocabulary)) if vocabulary is not None else None)
            case "help":
                return replies.Help(commands.TABLE)
            case "kick":
                raise ValueError("kicks are ordered from the studio")

    async def card(self, take: Take, asker: str) -> cards.Card:
        """The card of a take that `asker` made."""
        return cards.card(take, asker, self.files, await self.studio.engine.vocabulary(), self.studio.engine.name)

    async def _kicks(self, actor: Actor) -> replies.Kicks:
        account = await self.people.account(actor.person)
        found = await self.takes.recent(account, RECENT) if account is not None else []
        return replies.Kicks(tuple([await self.card(take, actor.person.name) for take in found]))

    async def _delete(self, actor: Actor, name: str) -> replies.Notice:
        account = await self.people.account(actor.person)
        take = await self.takes.named(account, name) if account is not None else None
        if account is None or take is None or await self.takes.delete(account, take.id) is None:
            raise errors.NoSuchTake
        await self.files.remove([take.path, files.picture_path(take.path)])
        return replies.Notice("deleted", f"{take.name} is deleted: its file and all that was kept of it.")
