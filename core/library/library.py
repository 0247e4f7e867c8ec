"""Libraries: what people save is theirs, with a file of its own."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import uuid4

from core import days, errors, files, refs
from core.answers import cards, commands, confirmation, replies
from core.answers.commands import Invocation
from core.kicks import Amounts, Kick, Preset, Sound, Take
from core.library import find_preset, lost_sounds, preset_names
from core.library.clearing import Clearing
from core.library.web_kicks import Appraiser
from core.people import Actor
from core.refs import Ref
from core.stores.library import Doomed, Keep, LibraryRows, Source
from core.stores.messages import Messages
from core.stores.people import People
from core.stores.presets import PresetRows
from core.stores.takes import Takes
from core.text import readable

RECENT = 100
"""Takes that are listed, the newest: there may be any number where no limit is set."""
COPY_HOURS = 1
"""How long a copied file is left alone that no row names yet."""


@dataclass(frozen=True, slots=True)
class Library:
    """Saves kicks and presets, lists what is kept, deletes. A library holds at most `limit` kicks."""

    rows: LibraryRows
    takes: Takes
    presets: PresetRows
    messages: Messages
    people: People
    files: files.Files
    appraiser: Appraiser
    clearing: Clearing
    limit: int = 30
    clock: days.Clock = days.now

    async def save(self, actor: Actor, ref: Ref, name: str | None = None) -> replies.Saved:
        """Put what `ref` points to into the library of `actor`; saving it again changes nothing but the `name`, if any.

        Raises `errors.NoSuchTake`, `errors.SoundGone`, `errors.NoSoundHere`, `errors.LibraryFull`,
        `errors.StorageFailed`, and what `Presets.rename` does.
        """
        wanted = None if name is None else preset_names.checked(name)
        account = await self.people.account(actor.person) or await self.people.enrol(actor.person)
        source = await self.rows.source(account, actor.place, ref)
        if source is None:
            raise errors.NoSuchTake
        if isinstance(source.what, Preset) and source.what.account == account:
            return await self._saved_before(actor, source.what, wanted)
        if isinstance(source.what, Take) and not source.held:
            await lost_sounds.look_up(source.what, self.files, self.takes)
        keep = await self._brought(account, actor, ref, source)
        kept = await self.rows.keep(account, replace(keep, preset=wanted or keep.preset), self.clock())
        return self._saved(actor, kept.preset) if kept.fresh else await self._saved_before(actor, kept.preset, wanted)

    async def save_named(self, actor: Actor, which: str) -> replies.Saved:
        """Save what is called so: a ref, a kick of one's own, a preset shown here; without a name the last one shown.

        What stands behind `as` is what it is to be called. Raises what `save` does, and `errors.NothingShown`,
        `errors.NothingCalled`, `errors.SeveralPresets`.
        """
        said = readable(which)
        name, wanted = preset_names.parted(said)
        if name and wanted is not None:
            with suppress(errors.NothingCalled):  # a name may have `as` in it
                return await self.save(actor, await self._named(actor, said))
        return await self.save(actor, await self.meant(actor, name), wanted)

    async def meant(self, actor: Actor, name: str) -> Ref:
        """What may be saved and is called so; without a name the last one shown.

        Raises `errors.NothingShown`, `errors.NothingCalled`, `errors.SeveralPresets`.
        """
        ref = refs.parse(name) or await (self._named(actor, name) if name else self.messages.latest(actor.place))
        if ref is None:
            raise errors.NothingShown
        return ref

    async def prompt(self, actor: Actor, ref: Ref) -> str:
        """The words that made what `ref` points to, to make another one.

        Raises `errors.NoSuchTake`, and `errors.NoWords` where we have not made it.
        """
        sound = (await self._source(actor, ref)).sound
        if sound is None or sound.recipe is None:
            raise errors.NoWords
        return sound.recipe.prompt

    async def card(self, actor: Actor, ref: Ref) -> cards.Card:
        """The card of what `ref` points to, where `actor` sees that; whom it is from is not looked up.

        Raises `errors.NoSuchTake`.
        """
        match (await self._source(actor, ref)).what:
            case Take() as take:
                return cards.of_take(take, "", self.files)
            case Kick() as kick:
                return cards.of_kick(kick, "", self.files)
            case Preset() as preset:
                return cards.of_preset(preset, "", self.files)

    async def unsave(self, actor: Actor, ref: Ref) -> replies.Notice:
        """Take a save back: undone if its preset is untouched since, else the answer says why it stays."""
        account = await self.people.account(actor.person)
        undone = await self.rows.undo(account, ref) if account is not None else None
        if undone is None:
            return replies.Notice("nothing", "There is no save of yours to take back.")
        if undone.because is not None:
            why = {
                "changed": "you have changed it since",
                "shown": "it has been shown to others",
                "used": "another preset of yours plays its kick",
            }[undone.because]
            return replies.Notice("kept", f'Your preset "{undone.preset}" stays, because {why}.')
        left = await self.clearing.clear(paths=[undone.path] if undone.path else ())
        text = f'"{undone.preset}" is no longer in your library.'
        return replies.Notice("unsaved", " ".join((text, *left.remarks)))

    async def kicks(self, actor: Actor) -> replies.Kicks:
        """The library of `actor` and their recent takes."""
        account = await self.people.account(actor.person)
        if account is None:
            return replies.Kicks((), (), self.limit)
        kept, takes = await asyncio.gather(self.rows.kicks(account), self.takes.recent(account, RECENT))
        name, paths = actor.person.name, {kick.sound.path for kick in kept}
        recent = await asyncio.gather(*(self._recent(take, name) for take in takes if take.path not in paths))
        return replies.Kicks(
            tuple(cards.of_kick(kick, name, self.files) for kick in kept),
            tuple(card for card in recent if card is not None),
            self.limit,
        )

    async def delete(self, actor: Actor, which: str) -> replies.Deleted | replies.Question:
        """Delete a kick of one's own with its file, whether it is a take, in the library, or both.

        Presets that play it would go along, which is asked first. Raises `errors.NoSuchTake`,
        `errors.OperatorsPreset`.
        """
        named, agreed = confirmation.read(readable(which))
        account = await self.people.account(actor.person)
        doomed = await self._doomed(account, named) if account is not None else None
        if account is None or doomed is None:
            raise errors.NoSuchTake
        if doomed.operators:
            raise errors.OperatorsPreset(name=doomed.operators[0])
        if doomed.presets and agreed != confirmation.fitting(number for number, _ in doomed.presets):
            return _question(doomed)
        posted = await self.rows.delete(account, doomed)
        if posted is None:
            raise errors.NoSuchTake
        left = await self.clearing.clear(posted, [doomed.path])
        what = "all that was kept of it" if left.kicks else "its file and all that was kept of it"
        along = f"{_listed(doomed)} went too." if doomed.presets else ""
        text = " ".join(filter(None, (f"{doomed.name} is deleted: {what}.", along, *left.remarks)))
        return replies.Deleted(text, posted)

    async def delete_shown(self, actor: Actor, which: str, message: str | None) -> replies.Deleted | replies.Question:
        """Delete what a message shows; a moderator takes down the message alone where it shows another's.

        Raises `errors.NotYours`, and what `delete` does.
        """
        try:
            return await self.delete(actor, which)
        except errors.NoSuchTake:
            if message is None:
                raise
            return await self.take_down(actor, message)

    async def take_down(self, actor: Actor, message: str) -> replies.Deleted:
        """Remove a message that shows another's kick, for a moderator of the place; the kick stays its maker's.

        Raises `errors.NoSuchTake` where it shows none of ours, `errors.NotYours` where somebody else asks.
        """
        shown = await self.messages.shown(actor.place, message)
        if shown is None:
            raise errors.NoSuchTake
        if not actor.moderator:
            raise errors.NotYours
        await self.clearing.note(shown.posted)
        left = await self.clearing.clear([shown.posted])
        text = "The card is taken down."
        if left.messages:
            text = "The card could not be taken down yet; that is tried again for a week."
        if left.stay:
            text = "Kickbot is not allowed to take the card down; moderators here are."
        return replies.Deleted(f"{text} The kick is still its maker's.", (shown.posted,))

    async def _source(self, actor: Actor, ref: Ref) -> Source:
        source = await self.rows.source(await self.people.account(actor.person) or 0, actor.place, ref)
        if source is None:
            raise errors.NoSuchTake
        return source

    async def _recent(self, take: Take, maker: str) -> cards.Card | None:
        """The card of a recent take, None where its sound turns out to be gone."""
        try:
            await lost_sounds.look_up(take, self.files, self.takes)
        except errors.SoundGone:
            return None
        except errors.StorageFailed:
            return cards.of_doubted_take(take, maker, self.files)
        return cards.of_take(take, maker, self.files)

    def _saved(self, actor: Actor, preset: Preset) -> replies.Saved:
        card = cards.of_preset(preset, actor.person.name, self.files)
        return replies.Saved(card, fresh=True, text=f'Saved as your preset "{preset.name}".')

    async def _saved_before(self, actor: Actor, preset: Preset, wanted: str | None) -> replies.Saved:
        """What is told of a preset that is there already; it is called `wanted` from now on."""
        text = f'That is your preset "{preset.name}" already.'
        if wanted is not None and wanted != preset.name:
            if preset.operators:
                raise errors.OperatorsPreset(name=preset.name)
            if not await self.presets.rename(preset.account, preset.id, wanted, self.clock()):
                raise errors.NoSuchPreset
            text = f'Your preset "{preset.name}" is called "{wanted}" now.'
            preset = replace(preset, name=wanted)
        return replies.Saved(cards.of_preset(preset, actor.person.name, self.files), fresh=False, text=text)

    async def _brought(self, account: int, actor: Actor, ref: Ref, source: Source) -> Keep:
        """What is to be put in, once its file is where it is to be."""
        keep = await self._wanted(account, actor, ref, source)
        if keep.sound.account == account:
            return keep
        sound = replace(keep.sound, account=account, created=self._before_today(keep.sound.created))
        keep = replace(keep, sound=sound, take=None, kick=None)
        if source.held:
            return keep
        if source.kept >= self.limit:
            raise await self.rows.full(account, self.limit)
        return await self._copied(keep)

    async def _wanted(self, account: int, actor: Actor, ref: Ref, source: Source) -> Keep:
        """What is to be put in, as if it were the asker's own."""
        match source.what:
            case Take() as take:
                return self._keep(take.sound, take=take.id)
            case Kick() as kick:
                kick = await self.appraiser.appraised(account, actor.place, ref, kick)
                return self._keep(kick.sound, kick=kick.id)
            case Preset() as preset:
                if preset.kick is None:
                    raise errors.NoSoundHere(why=cards.silence(preset.sample))
                kick = await self.appraiser.appraised(account, actor.place, ref, preset.kick)
                return replace(self._keep(kick.sound, kick=kick.id), preset=preset.name, amounts=preset.amounts)

    def _keep(self, sound: Sound, *, kick: int | None = None, take: int | None = None) -> Keep:
        if not sound.audible:
            raise errors.NoSoundHere(why=cards.silence(sound.name))
        name = preset_names.suggested(sound.recipe.prompt if sound.recipe else "", sound.name)
        return Keep(sound, self.files.url(sound.path), name, Amounts(), self.limit, kick, take)

    def _before_today(self, created: date) -> date:
        """When a copy was made. What is dated today the web app counts as one that its owner has made today."""
        return min(created, days.day(self.clock()) - timedelta(days=1))

    async def _copied(self, keep: Keep) -> Keep:
        """Copy the file, so that nobody's deletion takes anything from anybody else."""
        source, path = keep.sound.path, files.sound_path(keep.sound.account, uuid4())
        await self.rows.set_aside(keep.sound.account, path, COPY_HOURS)
        copies = [self.files.copy(source, path)]
        if keep.sound.facts is not None:
            copies.append(self.files.copy(files.picture_path(source), files.picture_path(path)))
        await asyncio.gather(*copies)
        return replace(keep, sound=replace(keep.sound, path=path), url=self.files.url(path))

    async def _named(self, actor: Actor, name: str) -> Ref:
        account = await self.people.account(actor.person)
        if account is not None and (own := await self.rows.named(account, name)):
            return own[0]
        try:
            return (await find_preset.preset(self.presets, account, actor.place, name)).preset.ref
        except errors.NoSuchPreset:
            raise errors.NothingCalled(name=name, naming=f"save as {preset_names.near(name)}") from None

    async def _doomed(self, account: int, which: str) -> Doomed | None:
        if not which:
            raise errors.NothingNamed(usage=commands.line("delete"))
        ref = refs.parse(which) or next(iter(await self.rows.named(account, which)), None)
        return await self.rows.doomed(account, ref) if ref else None


def _question(doomed: Doomed) -> replies.Question:
    agreed = confirmation.fitting(number for number, _ in doomed.presets)
    return replies.Question(
        f"{_listed(doomed)} would go too: {'it plays' if len(doomed.presets) == 1 else 'they play'} {doomed.name}.",
        "Delete both" if len(doomed.presets) == 1 else "Delete all",
        Invocation("delete", f"{doomed.ref} {confirmation.MARK}{agreed}"),
    )


def _listed(doomed: Doomed) -> str:
    names = [f'"{name}"' for _, name in doomed.presets]
    return f"Your preset {names[0]}" if len(names) == 1 else f"Your presets {', '.join(names[:-1])} and {names[-1]}"
