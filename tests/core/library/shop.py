"""The workshop with the services in front of it: what people do with kicks once these are made."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import uuid4

from bots.composition import services
from core import files, refs
from core.answers import commands, replies
from core.chat.services import Services
from core.kicks import Preset
from core.library.sweeping import Sweeper
from core.making.studio import Studio
from core.people import Actor
from core.refs import Ref
from db.library.library import LibraryRows
from db.library.presets import PresetRows
from db.library.shares import Shares
from db.messages import Messages
from db.sweepings import Sweepings
from tests.core.accounts import clearing as clearing_of
from tests.core.conftest import Workshop
from tests.core.people import KEYS, actor
from tests.db.filling import Filling
from tests.fakes.engine import decaying_sine


@dataclass
class Shop(Workshop):
    """A workshop and all services on its database; a library holds at most `limit` kicks."""

    limit: int = 30

    def __post_init__(self) -> None:
        super().__post_init__()
        self.kicks, self.presets = LibraryRows(self.database), PresetRows(self.database)
        self.shares, self.messages = Shares(self.database), Messages(self.database)
        self.filling = Filling(self.database)
        self.sweeper = Sweeper(Sweepings(self.database), self.files)
        self.open()

    def open(self) -> None:
        """Open anew, with the parts that there are now."""
        every = self.services()
        self.desk, self.showing = every.desk, every.showing
        self.reactions, self.removals = every.reactions, every.removals

    def services(self, studio: Studio | None = None) -> Services:
        """The services of one more process."""
        every = services.Rows.from_database(self.database, KEYS)
        rows = replace(every, kicks=self.kicks, presets=self.presets, shares=self.shares, messages=self.messages)
        studio = replace(studio or self.studio, files=self.files, people=self.people)
        return services.services(rows, studio, clearing_of(self), KEYS, keep=self.limit, clock=lambda: self.moment)

    async def say(self, who: str | Actor, line: str) -> replies.Reply:
        """What is answered to `line`."""
        return await self.desk.answer(who if isinstance(who, Actor) else actor(who), commands.parse(line))

    async def account(self, name: str) -> int:
        """The account of somebody, who has one from now on."""
        return await self.people.enrol(actor(name).person)

    async def saved(self, name: str = "ada", text: str = "hit house") -> Preset:
        """A preset that somebody has made of a kick of their own."""
        take = await self.kick(name, text)
        reply = await self.desk.library.save(actor(name), take.ref)
        return await self.preset(reply.card.ref)

    async def shared(self, name: str = "ada", text: str = "hit house") -> Preset:
        """One that is shared in the server too."""
        preset = await self.saved(name, text)
        await self.desk.sharing.share(actor(name), str(preset.ref))
        return preset

    async def preset(self, ref: Ref) -> Preset:
        """The preset, whoever's it is."""
        owner = await self.database.fetchval("SELECT user_id FROM presets_preset WHERE id = $1", ref.id)
        listed = await self.presets.find(owner, actor("nobody").place, ref.id)
        assert listed is not None
        return listed.preset

    async def web_kick(self, account: int, name: str = "AI: Web", day: date = date(2026, 1, 2), **audio: bytes) -> Ref:
        """A kick that the web app has made; its file is `sound`, unless that is said to be something else."""
        path = files.sound_path(account, uuid4())
        self.files.objects[path] = audio.get("sound", decaying_sine(7))
        return Ref("kick", await self.filling.kick(account, name, path, day=day))

    async def dangling(self) -> set[str]:
        """What is wrong between files and rows: objects that no row names, paths of rows without an object."""
        sounds = {row["path"] for row in await self.database.fetch(PATHS)}
        pictures = {row["path"] for row in await self.database.fetch(DRAWN)}
        named = sounds | {files.picture_path(path) for path in pictures}
        return named ^ self.files.objects.keys()


PATHS = "SELECT path FROM kickbot.take UNION SELECT storage_path FROM kickgen_generatedkick"

DRAWN = """
SELECT path FROM kickbot.take
UNION SELECT storage_path FROM kickgen_generatedkick k
JOIN kickbot.kick_detail d ON d.kick_id = k.id WHERE d.seconds IS NOT NULL
"""


def elsewhere(
    who: Actor,
    *,
    application: str | None = None,
    id: str | None = None,  # noqa: A002
    channel: str | None = None,
    thread: str | None = None,
    private: bool = False,
) -> Actor:
    """The same person in another place, channel or thread."""
    here = who.place
    return replace(
        who,
        place=replace(
            here,
            application=application or here.application,
            id=here.id if id is None else id,
            channel=channel or here.channel,
            thread=thread,
            private=private,
        ),
    )


def ref(text: str) -> Ref:
    """The ref that is written so."""
    found = refs.parse(text)
    assert found is not None
    return found
