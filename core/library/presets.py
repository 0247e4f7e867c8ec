"""Presets: listed, shown, renamed, deleted."""

from dataclasses import dataclass, replace

from core import days, errors, files
from core.answers import commands, confirmation, replies
from core.answers.commands import Invocation
from core.library import browsing, find_preset, pages, preset_names
from core.library.browsing import Listed
from core.library.clearing import Clearing
from core.library.web_kicks import Appraiser
from core.people import Actor
from core.stores.people import People
from core.stores.presets import PresetRows
from core.text import readable

PAGE = 10


@dataclass(frozen=True, slots=True)
class Presets:
    """What people do with presets of their own, and see of others'.

    `which` is a preset's name or its ref such as `preset:12`, wherever one is asked for.
    """

    rows: PresetRows
    people: People
    files: files.Files
    appraiser: Appraiser
    clearing: Clearing
    clock: days.Clock = days.now

    async def mine(self, actor: Actor, text: str = "", size: int = PAGE) -> replies.Page:
        """The presets of `actor`, the newest first; `text` says where the page begins. Raises `errors.BadFilter`."""
        query = browsing.parse(text, browsing.PLACES)
        account = await self.people.account(actor.person)
        found = await self.rows.mine(account or 0, actor.place, query.cursor, size + 1)
        return pages.page("mine", found, size, query, self.files)

    async def show(self, actor: Actor, which: str) -> replies.Shown:
        """One preset to post, of one's own or seen here; a kick of the web app is measured first.

        Raises `errors.NothingNamed`, `errors.NoSuchPreset`, `errors.SeveralPresets`.
        """
        if not which:
            raise errors.NothingNamed(usage=commands.line("presets show"))
        account = await self.people.account(actor.person)
        listed = await find_preset.preset(self.rows, account, actor.place, which)
        return replies.Shown(pages.entry(await self._appraised(account or 0, actor, listed), self.files))

    async def rename(self, actor: Actor, which: str, name: str) -> replies.Notice:
        """Give a preset of one's own another name.

        Raises `errors.NoSuchPreset`, `errors.OperatorsPreset`, `errors.BadPresetName`, `errors.NameTaken`.
        """
        account = await self.people.account(actor.person)
        preset = (await find_preset.own(self.rows, account, actor.place, which, "presets rename")).preset
        wanted = preset_names.checked(name)
        if not await self.rows.rename(preset.account, preset.id, wanted, self.clock()):
            raise errors.NoSuchPreset
        return replies.Notice("renamed", f'"{preset.name}" is called "{wanted}" now.')

    async def delete(self, actor: Actor, which: str) -> replies.Deleted | replies.Question:
        """Delete a preset of one's own; its kick stays. Where it is shared, that is asked about first.

        Raises `errors.NoSuchPreset`, `errors.OperatorsPreset`.
        """
        named, agreed = confirmation.read(which)
        account = await self.people.account(actor.person)
        preset = (await find_preset.own(self.rows, account, actor.place, named, "presets delete")).preset
        places = await self.rows.shares(preset.account, preset.id)
        if places and agreed != confirmation.fitting([preset.id]):
            return replies.Question(
                f'"{preset.name}" is shared in {places} {"place" if places == 1 else "places"} and would go there too.',
                "Delete it",
                Invocation("presets delete", f"{preset.ref} {confirmation.MARK}{confirmation.fitting([preset.id])}"),
            )
        posted = await self.rows.delete(preset.account, preset.id)
        if posted is None:
            raise errors.NoSuchPreset
        left = await self.clearing.clear(posted)
        kick = f"Its kick {preset.sample} is still in your library." if preset.kick else ""
        text = " ".join(filter(None, (f'Your preset "{preset.name}" is deleted.', kick, *left.remarks)))
        return replies.Deleted(text, posted)

    async def complete(self, actor: Actor, typed: str, count: int = 25) -> list[str]:
        """Names of presets of one's own that what was typed may become."""
        account = await self.people.account(actor.person)
        return await self.rows.names(account, readable(typed), count) if account is not None else []

    async def _appraised(self, account: int, actor: Actor, listed: Listed) -> Listed:
        preset = listed.preset
        if preset.kick is None:
            return listed
        kick = await self.appraiser.appraised(account, actor.place, preset.ref, preset.kick)
        return replace(listed, preset=replace(preset, kick=kick))
