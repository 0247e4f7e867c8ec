"""Sounds to be heard again: kicks of one's own, posted anew, and the files of all that one may save."""

from dataclasses import dataclass

from core import errors, files
from core.answers import cards, replies
from core.kicks import Kick, Preset, Take
from core.library import lost_sounds
from core.library.web_kicks import Appraiser
from core.people import Actor
from core.refs import Ref
from core.stores.library import LibraryRows, Source
from core.stores.people import People
from core.stores.takes import Doubts
from core.text import readable


@dataclass(frozen=True, slots=True)
class Hearing:
    """Finds what is to be heard again."""

    rows: LibraryRows
    takes: Doubts
    people: People
    files: files.Files
    appraiser: Appraiser

    async def show(self, actor: Actor, ref: Ref) -> replies.Shown:
        """The take or kick of `actor` to post. Raises `errors.NoSuchTake`, `errors.SoundGone`."""
        account = await self.people.account(actor.person) or 0
        source = await self.rows.source(account, actor.place, ref)
        if source is None or source.sound is None or source.sound.account != account:
            raise errors.NoSuchTake
        card = await self._card(account, actor, ref, source)
        return replies.Shown(replies.Entry(card, saves=0, mine=True, saved=source.held, shared=False, operators=False))

    async def named(self, actor: Actor, name: str) -> Ref | None:
        """The kick of `actor` that is called so, None where there is none."""
        account = await self.people.account(actor.person)
        found = await self.rows.named(account, readable(name)) if account is not None else []
        return found[0] if found else None

    async def audio(self, actor: Actor, ref: Ref) -> cards.Audio:
        """Where the sound is of what `actor` may save. Raises `errors.NoSuchTake`, `errors.NoSoundHere`."""
        account = await self.people.account(actor.person) or 0
        source = await self.rows.source(account, actor.place, ref)
        if source is None:
            raise errors.NoSuchTake
        card = await self._card(account, actor, ref, source)
        if card.audio is None:
            raise errors.NoSoundHere(why=card.remarks[0])
        return card.audio

    async def _card(self, account: int, actor: Actor, ref: Ref, source: Source) -> cards.Card:
        match source.what:
            case Take() as take:
                if not source.held:
                    await lost_sounds.look_up(take, self.files, self.takes)
                return cards.of_take(take, actor.person.name, self.files)
            case Kick() as kick:
                kick = await self.appraiser.appraised(account, actor.place, ref, kick)
                return cards.of_kick(kick, actor.person.name, self.files)
            case Preset() as preset:
                return cards.of_preset(preset, actor.person.name, self.files)
