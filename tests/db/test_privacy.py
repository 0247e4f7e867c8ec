"""Nobody reads or changes anything of anybody else's: every method of every store, asked by another account."""

import importlib
import inspect
import pkgutil
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from bots.composition.platforms import PLATFORMS
from core import errors, stores
from core.jobs import Job
from core.kicks import Amounts, Sound
from core.library.browsing import Query
from core.people import Place
from core.refs import Ref
from core.stores.library import Doomed, Keep
from db.accounts.accounts import AccountRows
from db.jobs import Jobs
from db.library.library import LibraryRows
from db.library.presets import PresetRows
from db.library.shares import Shares
from db.messages import Messages
from db.postgres.database import Database
from db.takes import Takes
from tests.core.people import KEYS, SERVER
from tests.db.filling import NOW, Filling, Household, everything, household

FAR = Place("another-bot", "discord", id="another server", channel="another")
"""A place where nothing of ada's is shown."""


@dataclass
class World:
    """Ada, who has something of everything, in a database; `job` is her open one."""

    database: Database
    ada: Household
    job: Job

    def __post_init__(self) -> None:
        self.library, self.presets = LibraryRows(self.database), PresetRows(self.database)
        self.shares, self.messages = Shares(self.database), Messages(self.database)
        self.takes, self.jobs = Takes(self.database), Jobs(self.database)
        self.accounts = AccountRows(self.database, KEYS, PLATFORMS)

    async def id(self, table: str, column: str, value: object) -> int:
        """The id of ada's row where the column has that value."""
        owner = "user_id" if table in ("presets_preset", "kickgen_generatedkick") else "account_id"
        found: int = await self.database.fetchval(
            f"SELECT id FROM {table} WHERE {owner} = $1 AND {column} = $2", self.ada.account, value
        )
        return found

    async def take(self) -> Ref:
        return Ref("take", await self.id("kickbot.take", "name", "AI: Anke"))

    async def kick(self) -> Ref:
        return Ref("kick", await self.id("kickgen_generatedkick", "name", "AI: Web"))

    async def preset(self) -> Ref:
        return Ref("preset", await self.id("presets_preset", "preset_name", "stock"))

    async def count(self, sql: str, *values: object) -> int:
        found: int = await self.database.fetchval(f"SELECT count(*) FROM {sql}", *values)
        return found


Case = Callable[[World, int], Awaitable[object]]
"""Has an account ask for something of ada's; the answer, or what came of it: nothing for a stranger."""


async def source_of_a_take(world: World, account: int) -> object:
    return await world.library.source(account, FAR, await world.take())


async def source_of_a_kick(world: World, account: int) -> object:
    return await world.library.source(account, FAR, await world.kick())


async def source_of_a_preset(world: World, account: int) -> object:
    return await world.library.source(account, FAR, await world.preset())


async def named_kicks(world: World, account: int) -> object:
    return await world.library.named(account, "AI: Anke")


async def kicks(world: World, account: int) -> object:
    return await world.library.kicks(account)


async def set_aside(world: World, account: int) -> object:
    path = f"{world.ada.account}/12345678-1234-1234-1234-123456789012.wav"
    await world.library.set_aside(account, path, 1)
    return await world.count("kickbot.trash WHERE path = $1", path)


async def keep(world: World, account: int, *, kick: int | None = None, take: int | None = None) -> object:
    path = await world.database.fetchval("SELECT path FROM kickbot.take WHERE name = 'AI: Anke'")
    origin = Ref("take", take) if take else Ref("kick", kick or 0)
    sound = Sound(account, "AI: Anke", path, origin, date(2026, 1, 1), None, None, measured=True)
    wanted = Keep(sound, "https://x.example/", "kept", Amounts(), limit=30, kick=kick, take=take)
    return await world.library.keep(account, wanted, NOW)


async def keep_a_kick(world: World, account: int) -> object:
    return await keep(world, account, kick=(await world.kick()).id)


async def keep_a_take(world: World, account: int) -> object:
    return await keep(world, account, take=(await world.take()).id)


async def undo(world: World, account: int) -> object:
    saved = Ref("take", await world.id("kickbot.take", "name", "AI: Saved"))
    return await world.library.undo(account, saved)


async def doomed(world: World, account: int) -> object:
    return await world.library.doomed(account, await world.kick())


async def delete_a_kick(world: World, account: int) -> object:
    found = await world.library.doomed(world.ada.account, await world.take())
    assert isinstance(found, Doomed)
    return await world.library.delete(account, found) is not None


async def measured(world: World, account: int) -> object:
    return await world.library.measured(account, FAR, await world.kick(), None)


async def full(world: World, account: int) -> object:
    return "AI: Web" in str(await world.library.full(account, 1))


async def find(world: World, account: int) -> object:
    return await world.presets.find(account, FAR, (await world.preset()).id)


async def named_presets(world: World, account: int) -> object:
    return await world.presets.named(account, FAR, "stock")


async def mine(world: World, account: int) -> object:
    return await world.presets.mine(account, FAR, None, 10)


async def names(world: World, account: int) -> object:
    return await world.presets.names(account, "s", 10)


async def rename(world: World, account: int) -> object:
    return await world.presets.rename(account, (await world.preset()).id, "new", NOW)


async def places_of_a_preset(world: World, account: int) -> object:
    return await world.presets.shares(account, await world.id("presets_preset", "preset_name", "hit Saved"))


async def delete_a_preset(world: World, account: int) -> object:
    return await world.presets.delete(account, (await world.preset()).id) is not None


async def share(world: World, account: int) -> object:
    return await world.shares.share(account, (await world.preset()).id, FAR, "maker", NOW)


async def unshare(world: World, account: int) -> object:
    preset = await world.id("presets_preset", "preset_name", "hit Saved")
    return await world.shares.unshare(account, preset, SERVER, moderator=False)


async def page(world: World, account: int) -> object:
    """Everybody in the server sees what is shared there: what is the asker's own is theirs to know."""
    everywhere = [*await world.shares.page(account, FAR, Query(), 10)]
    everywhere += await world.shares.page(account, SERVER, Query(), 10)
    return [listed for listed in everywhere if listed.mine or listed.saved]


async def page_of_another_place(world: World, account: int) -> object:
    place = SERVER if account == world.ada.account else FAR
    return await world.shares.page(account, place, Query(), 10)


async def record_a_take(world: World, account: int) -> object:
    return await world.messages.record(account, FAR, "m", await world.take())


async def record_a_kick(world: World, account: int) -> object:
    return await world.messages.record(account, FAR, "m", await world.kick())


async def record_a_preset(world: World, account: int) -> object:
    return await world.messages.record(account, FAR, "m", await world.preset())


async def recent(world: World, account: int) -> object:
    return await world.takes.recent(account, 10)


async def holdings(world: World, account: int) -> object:
    return (await world.accounts.holdings(account, NOW)).kicks


async def unlink(world: World, account: int) -> object:
    await world.accounts.unlink(account, world.ada.identity, NOW)
    return await world.count("kickbot.identity WHERE account_id = $1", world.ada.account) == 1


async def cancel(world: World, account: int) -> object:
    await world.jobs.cancel(world.job, account)
    return await world.count("kickbot.job WHERE state = 'cancelled'")


CASES: dict[str, tuple[Case, ...]] = {
    "library.LibraryRows.source": (source_of_a_take, source_of_a_kick, source_of_a_preset),
    "library.LibraryRows.named": (named_kicks,),
    "library.LibraryRows.kicks": (kicks,),
    "library.LibraryRows.set_aside": (set_aside,),
    "library.LibraryRows.keep": (keep_a_kick, keep_a_take),
    "library.LibraryRows.undo": (undo,),
    "library.LibraryRows.doomed": (doomed,),
    "library.LibraryRows.delete": (delete_a_kick,),
    "library.LibraryRows.measured": (measured,),
    "library.LibraryRows.full": (full,),
    "presets.PresetRows.find": (find,),
    "presets.PresetRows.named": (named_presets,),
    "presets.PresetRows.mine": (mine,),
    "presets.PresetRows.names": (names,),
    "presets.PresetRows.rename": (rename,),
    "presets.PresetRows.shares": (places_of_a_preset,),
    "presets.PresetRows.delete": (delete_a_preset,),
    "shares.Shares.share": (share,),
    "shares.Shares.unshare": (unshare,),
    "shares.Shares.page": (page, page_of_another_place),
    "messages.Messages.record": (record_a_take, record_a_kick, record_a_preset),
    "takes.Takes.recent": (recent,),
    "accounts.AccountRows.holdings": (holdings,),
    "accounts.AccountRows.unlink": (unlink,),
    "jobs.Jobs.cancel": (cancel,),
}

NOBODYS = {
    "accounts.AccountRows.identity": "asks for somebody as their platform names them",
    "accounts.AccountRows.made_before_leaving": "asks for somebody as their platform names them",
    "accounts.AccountRows.merge": "needs a code that the other has given: test_merging",
    "accounts.AccountRows.forget": "is told one account, the asker's: test_forgetting",
    "jobs.Jobs.file": "files for somebody as their platform names them",
    "jobs.Jobs.start": "is a worker's, by its lease",
    "jobs.Jobs.withdraw": "is a worker's, by its lease",
    "jobs.Jobs.placed": "is a worker's, by its lease",
    "jobs.Jobs.submitted": "is a worker's, by its lease",
    "jobs.Jobs.finish": "is a worker's, by its lease",
    "jobs.Jobs.take_of": "is a worker's, of its own job",
    "jobs.Jobs.delivered": "is a worker's, of its own job",
    "jobs.Jobs.fail": "is a worker's, by its lease",
    "jobs.Jobs.take_over": "is a worker's, of its own application",
    "jobs.Jobs.renew": "is a worker's, by its lease",
    "jobs.Jobs.release": "is a worker's, by its lease",
    "notifications.NotificationRows.claim": "is for whoever serves the platform",
    "notifications.NotificationRows.claim_this": "is for whoever serves the platform",
    "notifications.NotificationRows.sent": "is for whoever serves the platform",
    "link_codes.LinkCodes.open": "is told the asker's identity: test_link_codes",
    "link_codes.LinkCodes.claim": "is told the asker's identity and a code: test_link_codes",
    "messages.Messages.keepers": "is asked by the process, for marks below its own messages",
    "messages.Messages.saves": "tells a number that all may know",
    "messages.Messages.shown": "tells a ref, which allows nothing",
    "messages.Messages.latest": "tells a ref, which allows nothing",
    "messages.Messages.hear": "is about whoever reacts, by a mark",
    "messages.Messages.unhear": "is about whoever reacts, by a mark",
    "messages.Messages.heard": "is about whoever reacts, by a mark",
    "messages.Messages.recent": "tells refs, which allow nothing",
    "people.People.account": "asks for somebody as their platform names them",
    "people.People.enrol": "asks for somebody as their platform names them",
    "removals.RemovalRows.add": "is about a message",
    "removals.RemovalRows.claim": "is an application's, of its own messages",
    "removals.RemovalRows.end": "is an application's, of its own messages",
    "place_settings.PlaceSettingsRows.find": "is about a place",
    "place_settings.PlaceSettingsRows.replace": "is about a place",
    "shares.Shares.depart": "is about a place",
    "shares.Shares.back": "is about places",
    "sweepings.Sweepings.expire_takes": "sweeps for all alike",
    "sweepings.Sweepings.leave_places": "sweeps for all alike",
    "sweepings.Sweepings.lead": "sweeps for all alike",
    "sweepings.Sweepings.swept": "sweeps for all alike",
    "sweepings.Sweepings.doubted": "sweeps for all alike",
    "sweepings.Sweepings.settle": "says what became of a file",
    "takes.Takes.settle": "says what became of a file",
    "takes.Doubts.settle": "says what became of a file",
    "sweepings.Sweepings.end_jobs": "sweeps for all alike",
    "sweepings.Sweepings.forget": "sweeps for all alike",
    "sweepings.Sweepings.list_operators": "sweeps for all alike",
    "sweepings.Sweepings.trash": "sweeps for all alike",
    "sweepings.Sweepings.postpone": "sweeps for all alike",
    "sweepings.Sweepings.emptied": "sweeps for all alike",
    "sweepings.Sweepings.refresh_shares": "sweeps for all alike",
}


def methods() -> set[str]:
    """Every method of every port behind which rows are kept."""
    found = set()
    for info in pkgutil.iter_modules(stores.__path__):
        module: Any = importlib.import_module(f"core.stores.{info.name}")
        for name, port in inspect.getmembers(module, inspect.isclass):
            if port.__module__ == module.__name__ and getattr(port, "_is_protocol", False):
                calls = (call for call, _ in inspect.getmembers(port, inspect.iscoroutinefunction))
                found |= {f"{info.name}.{name}.{call}" for call in calls}
    return found


def test_no_method_is_forgotten() -> None:
    assert methods() == CASES.keys() | NOBODYS.keys()
    assert not CASES.keys() & NOBODYS.keys()


@pytest.fixture
async def world(database: Database) -> World:
    filling = Filling(database)
    ada = await household(filling, "ada")
    await filling.identity(ada.account, "ada.l", "slack")
    await database.execute("UPDATE kickbot.take SET expires_at = now() + interval '1 day'")
    await database.execute("UPDATE kickbot.job SET lease_until = now() - interval '1 s'")
    [job] = await Jobs(database).take_over("test-bot", uuid4(), 60, ())
    return World(database, ada, job)


@pytest.mark.parametrize("case", [case for cases in CASES.values() for case in cases])
async def test_only_its_owner_gets_it(world: World, case: Case) -> None:
    filling = Filling(world.database)
    bob = await filling.user()
    await filling.identity(bob, "bob")
    before = await everything(world.database)
    with suppress(errors.KickbotError):
        assert not await case(world, bob)
    assert await everything(world.database) == before
    assert await case(world, world.ada.account), "there was something to get"
