"""Transactions that need the same rows take them in one order: none of them is ended for the sake of another."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass

import pytest

from bots.composition.platforms import PLATFORMS
from core.refs import Ref
from db.accounts.accounts import AccountRows
from db.postgres import pool
from db.postgres.database import Database
from db.sweepings import Sweepings
from tests import postgres, wire
from tests.core.library.shop import Shop
from tests.core.people import KEYS, actor
from tests.db.filling import NOW, when_waiting

BOB = actor("bob")


@dataclass
class Scene:
    """Ada's kick, which two presets of hers play that three shares show; `first` is the share with the lowest id.

    Rows are locked in the order of ids only where a statement says so: in the table the first share lies last.
    """

    shop: Shop
    count: wire.Count
    account: int
    identity: int
    kick: int
    presets: list[int]
    first: int


@pytest.fixture
async def scene(target: pool.Target) -> AsyncIterator[Scene]:
    async with wire.counted(target) as (relayed, count), pool.open_pool(relayed) as connections:
        shop = Shop(Database(connections))
        await shop.account("bob")
        preset = await shop.saved("ada")
        assert preset.kick is not None
        rows, origin = shop.filling, str(preset.kick.sound.origin)
        other = await rows.preset(preset.account, "other", preset.sample)
        first = await rows.share(preset.account, preset.id, ["hit"], origin, "z")
        await rows.share(preset.account, preset.id, ["hit"], origin, "discord")
        await rows.share(preset.account, other, ["hit"], origin, "z")
        await shop.database.execute(
            "UPDATE kickbot.share SET shared_at = shared_at + interval '1 s' WHERE id = $1", first
        )
        identity = await shop.database.fetchval("SELECT id FROM kickbot.identity WHERE external_id = 'id-ada'")
        yield Scene(shop, count, preset.account, identity, preset.kick.id, [preset.id, other], first)


async def delete_preset(scene: Scene) -> None:
    assert await scene.shop.presets.delete(scene.account, scene.presets[0]) is not None


async def rename_preset(scene: Scene) -> None:
    assert await scene.shop.presets.rename(scene.account, scene.presets[0], "new name", NOW)


async def delete_kick(scene: Scene) -> None:
    [ref] = await scene.shop.kicks.named(scene.account, (await scene.shop.kicks.kicks(scene.account))[0].sound.name)
    doomed = await scene.shop.kicks.doomed(scene.account, ref)
    assert doomed is not None
    assert await scene.shop.kicks.delete(scene.account, doomed) is not None


async def leave_the_place(scene: Scene) -> None:
    await scene.shop.shares.depart("z", "server", 0)
    assert not await Sweepings(scene.shop.database).leave_places(9)


async def forget(scene: Scene) -> None:
    await AccountRows(scene.shop.database, KEYS, PLATFORMS).forget(scene.account, with_web=True)


async def join(scene: Scene) -> None:
    database = scene.shop.database
    other = await database.fetchval("SELECT id FROM kickbot.identity WHERE external_id = 'id-bob'")
    await scene.shop.filling.entered(other, scene.identity)
    await AccountRows(database, KEYS, PLATFORMS).merge(scene.account, scene.identity, other, NOW)


async def cross(scene: Scene, target: pool.Target, *parties: Callable[[], Awaitable[object]]) -> None:
    """Let all of them wait for the first share, one after the other, and then go on; none may be ended or fail."""
    scene.count.reset()
    async with pool.open_pool(target) as connections:
        direct = Database(connections)
        async with direct.transaction() as holding:
            await holding.execute("SELECT FROM kickbot.share WHERE id = $1 FOR UPDATE", scene.first)
            waiting: list[asyncio.Future[object]] = []
            for party in parties:
                waiting.append(asyncio.ensure_future(party()))
                await when_waiting(direct, len(waiting))
    await asyncio.gather(*waiting)
    assert [boundary for boundary in scene.count.boundaries if boundary.startswith("ROLLBACK")] == []


@pytest.mark.parametrize("change", [delete_preset, rename_preset, delete_kick, leave_the_place, forget])
async def test_who_changes_shares_and_who_saves_their_sound(
    scene: Scene, target: pool.Target, change: Callable[[Scene], Awaitable[None]]
) -> None:
    """Saving counts in all shares of a sound, in the order of their ids."""
    await cross(
        scene,
        target,
        lambda: scene.shop.desk.library.save(BOB, Ref("preset", scene.presets[0])),
        lambda: change(scene),
    )
    assert len(await scene.shop.kicks.kicks(await scene.shop.account("bob"))) == 1


@pytest.mark.parametrize("change", [forget, join])
async def test_who_changes_a_whole_account_and_the_web_app_that_deletes_what_is_in_it(
    scene: Scene, target: pool.Target, change: Callable[[Scene], Awaitable[None]]
) -> None:
    """The web app locks a preset and then, as that goes along, its shares."""
    await cross(
        scene,
        target,
        lambda: change(scene),
        lambda: postgres.run(target, f"DELETE FROM presets_preset WHERE id = {scene.presets[0]}"),
    )
    rows = await scene.shop.database.fetch("SELECT FROM presets_preset WHERE id = $1", scene.presets[0])
    assert rows == []
