"""Sharing: presets shown to everybody in a server or workspace, and browsed there."""

from collections.abc import Collection
from dataclasses import dataclass

from core import days, errors, files
from core.answers import commands, replies
from core.library import browsing, find_preset, pages
from core.library.web_kicks import Appraiser
from core.people import Actor, Place
from core.sentence import Sentence
from core.stores.people import People
from core.stores.presets import PresetRows
from core.stores.shares import Shares

PAGE = 5

KEPT_DAYS = 30
"""How long what is shared in a place outlives the bot there: it may be removed by mistake."""


@dataclass(frozen=True, slots=True)
class Sharing:
    """Shows presets in places. `which` is a preset's name or its ref such as `preset:12`."""

    rows: Shares
    presets: PresetRows
    people: People
    files: files.Files
    appraiser: Appraiser
    clock: days.Clock = days.now

    async def share(self, actor: Actor, which: str) -> replies.Notice:
        """Show a preset of one's own in the place where it is asked, or to which a private conversation belongs.

        Raises `errors.PrivatePlace`, `errors.NothingNamed`, `errors.NoSuchPreset`, `errors.OperatorsPreset`.
        """
        place = _shared_with(actor.place)
        account = await self.people.account(actor.person)
        preset = (await find_preset.own(self.presets, account, place, which, "presets share")).preset
        if preset.kick is not None:
            await self.appraiser.appraised(preset.account, place, preset.ref, preset.kick)
        fresh = await self.rows.share(preset.account, preset.id, place, actor.person.name, self.clock())
        if not fresh:
            return replies.Notice("shared", f'"{preset.name}" is shared {_where(place)} already.')
        told = '"{name}" is shared {where} now: everybody finds it with {/browse}.'
        return replies.Notice("shared", Sentence(told, name=preset.name, where=_where(place)))

    async def unshare(self, actor: Actor, which: str) -> replies.Notice:
        """Show a preset here no more: its owner may ask that, and a moderator of the place.

        Raises `errors.PrivatePlace`, `errors.NothingNamed`, `errors.NoSuchPreset`, `errors.SeveralPresets`.
        """
        place = _shared_with(actor.place)
        if not which:
            raise errors.NothingNamed(usage=commands.line("presets unshare"))
        account = await self.people.account(actor.person)
        listed = await find_preset.preset(self.presets, account, place, which)
        if listed.preset.operators:
            raise errors.OperatorsPreset(name=listed.preset.name)
        if not (listed.mine or actor.moderator):
            raise errors.NotYourShare(name=listed.preset.name)
        if not await self.rows.unshare(account or 0, listed.preset.id, place, moderator=actor.moderator):
            return replies.Notice("unshared", f'"{listed.preset.name}" is not shared {_where(place)}.')
        return replies.Notice("unshared", f'"{listed.preset.name}" is no longer shared {_where(place)}.')

    async def browse(self, actor: Actor, text: str = "", size: int = PAGE) -> replies.Page:
        """Presets shared in the place, and the operator's. `text` is what `browsing.parse` reads; it says which page.

        Raises `errors.BadFilter`, `errors.UnknownFilter`, `errors.QueryTooLong`.
        """
        query = browsing.parse(text)
        account = await self.people.account(actor.person)
        found = await self.rows.page(account or 0, actor.place, query, size + 1)
        if query.backwards and len(found) < size:
            query = query.at(None)
            found = await self.rows.page(account or 0, actor.place, query, size + 1)
        return pages.page("browse", found, size, query, self.files)

    async def left(self, platform: str, place: str) -> None:
        """The bot was removed from a place: what is shared there, and its rules, go in `KEPT_DAYS` days."""
        await self.rows.depart(platform, place, KEPT_DAYS)

    async def back(self, platform: str, places: Collection[str]) -> None:
        """The bot is in these places, again or still: nothing goes there."""
        await self.rows.back(platform, places)


def _shared_with(place: Place) -> Place:
    """The place; with a private conversation in a workspace, that is the workspace.

    Raises `errors.PrivatePlace` for a private conversation that is nowhere else.
    """
    if not place.id:
        raise errors.PrivatePlace
    return place


def _where(place: Place) -> str:
    return "with your workspace" if place.private else "here"
