"""Where commands are answered, but for making kicks: that is the studio's."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import partial

from core import errors, refs
from core.accounts.commands import AccountDesk
from core.answers import cards, commands, replies
from core.answers.commands import Verb
from core.chat.place_settings import PlaceSettingsCommands
from core.engine import Engine
from core.files import Files
from core.kicks import Take
from core.library import pages, presets, sharing
from core.library.hearing import Hearing
from core.library.library import Library
from core.library.presets import Presets
from core.library.sharing import Sharing
from core.people import Actor

Answer = Callable[[Actor, str], Awaitable[replies.Reply]]


@dataclass(frozen=True, slots=True)
class Desk:
    """Answers commands for whoever asks, each by the service whose it is."""

    engine: Engine
    files: Files
    library: Library
    presets: Presets
    sharing: Sharing
    hearing: Hearing
    account: AccountDesk
    place_settings: PlaceSettingsCommands

    async def answer(
        self,
        actor: Actor,
        invocation: commands.Invocation,
        most: int = replies.MOST_KICKS,
        message: str | None = None,
    ) -> replies.Reply:
        """Do what the invocation says; of lists, `most` entries at once. `message` is where a button was pressed.

        Raises an `errors.KickbotError` whose text is the answer.
        """
        return await self._answers(most, message)[invocation.verb](actor, invocation.rest)

    async def card(self, take: Take, asker: str) -> cards.Card:
        """The card of a take that `asker` made."""
        said = cards.remarks(take.recipe, await self._words_near(take), self.engine.name)
        return cards.of_take(take, asker, self.files, said)

    def _answers(self, most: int, message: str | None) -> Mapping[Verb, Answer]:
        return {
            "kicks": partial(self._kicks, most=most),
            "delete": partial(self.library.delete_shown, message=message),
            "presets browse": partial(self.sharing.browse, size=min(most, sharing.PAGE)),
            "presets mine": partial(self.presets.mine, size=min(most, presets.PAGE)),
            "presets show": self._show,
            "presets save": self.library.save_named,
            "presets rename": self._rename,
            "presets share": self.sharing.share,
            "presets unshare": self.sharing.unshare,
            "presets delete": self.presets.delete,
            "account link": self.account.link,
            "account unlink": self.account.unlink,
            "account status": self.account.status,
            "account forget": self.account.forget,
            "settings": self.place_settings.answer,
            "words": self._words,
            "help": self._help,
            "buttons": self._buttons,
        }

    async def _words_near(self, take: Take) -> frozenset[str] | None:
        """The words to name near unknown ones; a kick is shown without them where the engine does not tell."""
        try:
            return await self.engine.vocabulary() if take.recipe.ignored else None
        except errors.KickbotError:
            return None

    async def _kicks(self, actor: Actor, rest: str, most: int) -> replies.Kicks | replies.OwnKick:
        return pages.kicks(await self.library.kicks(actor), rest, most)

    async def _show(self, actor: Actor, rest: str) -> replies.Shown:
        """A preset; a kick of the asker's own where that is meant, or where no preset here is called so."""
        ref = refs.parse(rest)
        if ref is not None and ref.kind != "preset":
            return await self.hearing.show(actor, ref)
        try:
            return await self.presets.show(actor, rest)
        except errors.NoSuchPreset:
            kick = await self.hearing.named(actor, rest)
            if kick is None:
                raise
            return await self.hearing.show(actor, kick)

    async def _rename(self, actor: Actor, rest: str) -> replies.Notice:
        which, comma, name = rest.partition(",")
        if not comma:
            raise errors.NothingNamed(usage=commands.line("presets rename"))
        return await self.presets.rename(actor, which.strip(), name)

    async def _words(self, actor: Actor, rest: str) -> replies.Words:
        vocabulary = await self.engine.vocabulary()
        return replies.Words(tuple(sorted(vocabulary)) if vocabulary is not None else None)

    async def _help(self, actor: Actor, rest: str) -> replies.Help:
        return replies.Help(tuple(command for command in commands.TABLE if command.listed))

    async def _buttons(self, actor: Actor, rest: str) -> replies.More:
        which, _, behind = rest.partition(" ")
        ref = refs.parse(which)
        if ref is None:
            raise errors.NoSuchTake
        if ref.kind == "preset":
            return replies.More((await self.presets.show(actor, which)).entry, behind)
        return replies.More(await self.library.card(actor, ref), behind)
