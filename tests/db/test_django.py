"""One database with the web app: made by Django, with rows, before we came; both read what the other writes.

The web app has a database role of its own.
"""

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from core import days
from core.kicks import Amounts
from core.people import WEB, Actor, Person
from db.postgres import migrate, pool
from db.postgres.database import Database
from tests import postgres
from tests.core.library.shop import Shop
from tests.core.people import SERVER, actor
from tests.db.django_app import STARTING
from tests.db.test_shared_tables import make_with_django
from tests.fakes.engine import decaying_sine

ADA = actor("ada")


@dataclass
class Both:
    """The database with a shop on it, and the web app's user and operator; `role` is how the web app sees it."""

    role: pool.Target
    shop: Shop
    web: int
    operator: int

    @property
    def webber(self) -> Actor:
        """The web app's user, who shares a channel with others here."""
        return Actor(Person(WEB, "", str(self.web), "webber"), SERVER)

    async def django(self, command: str) -> Any:
        """What Django tells after the command."""
        return await django(self.role, command)


async def django(target: pool.Target, command: str) -> Any:
    words = ("-m", "tests.db.django_app", target.host, str(target.port), target.name, target.user, command)
    process = await asyncio.create_subprocess_exec(sys.executable, *words, stdout=asyncio.subprocess.PIPE)
    out, _ = await process.communicate()
    assert process.returncode == 0
    return json.loads(out)


@pytest.fixture
async def both(empty_target: pool.Target) -> AsyncIterator[Both]:
    await asyncio.to_thread(make_with_django, empty_target)
    async with postgres.web_role(empty_target) as role, pool.open_pool(empty_target) as connections:
        there, database = await django(role, "fill"), Database(connections)
        await migrate.migrate(database)
        shop = Shop(database)
        shop.files.objects[f"{there['web']}/11111111-1111-1111-1111-111111111111.wav"] = decaying_sine(7)
        await shop.people.enrol(Person(WEB, "", str(there["web"]), "webber"))
        await shop.sweeper.sweep()
        yield Both(role, shop, **there)


async def test_what_django_wrote_is_read_here(both: Both) -> None:
    kicks = await both.shop.desk.library.kicks(both.webber)
    assert [(card.name, card.made) for card in kicks.library] == [("AI: Burkhard", "made in the web app")]
    page = await both.shop.desk.presets.mine(both.webber)
    assert {entry.card.name: entry.card.kick for entry in page.entries} == {
        "by hand": "AI: Burkhard",
        "stock": "Günther",
    }
    by_hand = next(entry.card for entry in page.entries if entry.card.name == "by hand")
    preset = await both.shop.preset(by_hand.ref)
    assert preset.amounts == Amounts(bpm=174, kick_len=0.7, noise_sample="UFO", reverb_volume=-12.5)
    [shown] = (await both.shop.desk.sharing.browse(ADA)).entries
    assert (shown.card.name, shown.operators, shown.card.audio) == ("for all", True, None)


async def test_what_was_written_here_loads_there(both: Both) -> None:
    shop, before = both.shop, await both.django("read")
    take = await shop.kick("ada")
    own = await shop.desk.library.save(ADA, take.ref)
    await shop.desk.sharing.share(both.webber, "by hand")
    copy = await shop.desk.library.save_named(ADA, "by hand")
    after = await both.django("read")

    assert after["users"][:-1] == before["users"], "nobody was touched"
    ada = after["users"][-1]
    assert ada["username"].startswith("chat-")
    assert not ada["password"]
    assert [row for row in after["kicks"] if row["user_id"] != ada["id"]] == before["kicks"]
    assert [row for row in after["presets"] if row["user_id"] != ada["id"]] == before["presets"]

    kicks = [row for row in after["kicks"] if row["user_id"] == ada["id"]]
    assert own.card.audio is not None
    assert copy.card.audio is not None
    assert [(row["name"], row["audio_url"], row["storage_path"], row["created_at"]) for row in kicks] == [
        (take.name, own.card.audio.url, own.card.audio.path, str(days.day(take.created))),
        ("AI: Burkhard", copy.card.audio.url, copy.card.audio.path, "2026-01-02"),
    ]
    presets = [row for row in after["presets"] if row["user_id"] == ada["id"]]
    moments = {"created_at": str(shop.moment), "updated_at": str(shop.moment)}
    mine = {"is_shared": False, "user_id": ada["id"], **moments}
    assert presets == [
        {**mine, **STARTING, "id": own.card.ref.id, "preset_name": own.card.name, "kick_sample": take.name},
        {
            **mine,
            **asdict(Amounts(bpm=174, kick_len=0.7, noise_sample="UFO", reverb_volume=-12.5)),
            "id": copy.card.ref.id,
            "preset_name": "by hand",
            "kick_sample": "AI: Burkhard",
        },
    ]
    renamed = await shop.desk.presets.rename(ADA, str(own.card.ref), "Renamed here")
    assert renamed.kind == "renamed"
    assert "Renamed here" in [row["preset_name"] for row in (await both.django("read"))["presets"]]


async def test_what_django_changes_is_seen_here(both: Both) -> None:
    shop = both.shop
    await shop.desk.sharing.share(both.webber, "by hand")
    shared = (await shop.desk.sharing.browse(ADA, "hand")).entries[0]
    await shop.desk.library.save(ADA, shared.card.ref)
    assert (await shop.desk.sharing.browse(ADA, "hand")).entries[0].saves == 1

    assert await both.django("change") == 1
    await shop.sweeper.sweep()
    [renamed] = (await shop.desk.sharing.browse(ADA, "renamed")).entries
    assert (renamed.card.name, renamed.saves, renamed.saved) == ("renamed there", 0, False)
    assert (await shop.desk.sharing.browse(ADA, "hand")).entries == ()
    assert {entry.card.name for entry in (await shop.desk.sharing.browse(ADA)).entries if entry.operators} == {
        "for all",
        "stock",
    }
    [gone] = (await shop.desk.presets.mine(ADA)).entries
    assert "is not here" in gone.card.remarks[0]


async def test_who_leaves_there_leaves_nothing_here(both: Both) -> None:
    shop = both.shop
    await shop.desk.sharing.share(both.webber, "by hand")
    copy = await shop.desk.library.save_named(ADA, "by hand")
    assert await both.django("leave") == [2, 1, 1], "two presets, a kick, the user"
    for table in ("identity", "share"):
        count = await shop.database.fetchval(f"SELECT count(*) FROM kickbot.{table} WHERE account_id = $1", both.web)
        assert count == 0
    assert (await shop.preset(copy.card.ref)).kick is not None


async def test_todays_kicks_of_the_web_app_count(both: Both) -> None:
    now = datetime.now(UTC)
    await both.shop.database.execute(
        "UPDATE kickgen_generatedkick SET created_at = $1 WHERE user_id = $2", days.day(now), both.web
    )
    both.shop.moment = now + timedelta(seconds=1)
    [job] = await both.shop.order(both.webber)
    async for _ in both.shop.studio.make(job):
        """To its end."""
    assert (await both.shop.used())[f"account:{both.web}"] == 2
