"""The web app deletes a kick whose file a take has too: first the file, then its row. The take goes when it is seen."""

from dataclasses import replace

import pytest

from core import errors, files
from core.kicks import Preset
from core.people import Actor
from core.stores.library import Keep
from db.postgres.database import Database
from tests.core.library.shop import Shop
from tests.core.people import SERVER, actor

ADA, BOB = actor("ada"), actor("bob")


async def delete_there(web_app: Database, shop: Shop, preset: Preset, *, with_file: bool = True) -> None:
    """As the web app's backend does; without the file as its operators can."""
    assert preset.kick is not None
    if with_file:
        del shop.files.objects[preset.kick.sound.path]
    await web_app.execute("DELETE FROM presets_preset WHERE id = $1", preset.id)
    await web_app.execute("DELETE FROM kickgen_generatedkick WHERE id = $1", preset.kick.id)


async def takes(shop: Shop) -> int:
    found: int = await shop.database.fetchval("SELECT count(*) FROM kickbot.take")
    return found


async def doubted(shop: Shop) -> int:
    found: int = await shop.database.fetchval("SELECT count(*) FROM kickbot.take WHERE doubted_at IS NOT NULL")
    return found


async def test_recent_kicks_list_no_dead_link(shop: Shop, web_app: Database) -> None:
    saved, other = await shop.saved(), await shop.kick()
    await delete_there(web_app, shop, saved)
    listed = await shop.desk.library.kicks(ADA)
    assert ([card.ref for card in listed.takes], listed.library) == ([other.ref], ())
    assert await takes(shop) == 1
    assert await shop.database.fetchval("SELECT count(*) FROM kickbot.message") == 1, "no message shows it any more"
    await shop.sweeper.sweep()
    assert shop.files.objects.keys() == {other.path, files.picture_path(other.path)}, "its picture is gone too"


@pytest.mark.parametrize("who", [ADA, BOB], ids=["own", "another's"])
async def test_saving_says_that_it_is_gone_and_leaves_no_row(shop: Shop, web_app: Database, who: Actor) -> None:
    take = await shop.kick()
    saved = await shop.preset((await shop.desk.library.save(ADA, take.ref)).card.ref)
    await delete_there(web_app, shop, saved)
    with pytest.raises(errors.SoundGone, match="is gone"):
        await shop.desk.library.save(who, take.ref)
    assert await shop.database.fetchval("SELECT count(*) FROM kickgen_generatedkick") == 0
    assert await takes(shop) == 0
    await shop.sweeper.sweep()
    assert shop.files.objects == {}


async def test_a_copy_of_what_is_gone_is_no_outage(shop: Shop) -> None:
    """The web app has removed the file and not yet the row."""
    shared = await shop.shared()
    assert shared.kick is not None
    del shop.files.objects[shared.kick.sound.path]
    with pytest.raises(errors.SoundGone):
        await shop.desk.library.save(BOB, shared.ref)


async def test_one_whose_file_is_there_still_is_looked_up_once(shop: Shop, web_app: Database) -> None:
    take = await shop.kick()
    saved = await shop.preset((await shop.desk.library.save(ADA, take.ref)).card.ref)
    await delete_there(web_app, shop, saved, with_file=False)
    assert await doubted(shop) == 1
    [card] = (await shop.desk.library.kicks(ADA)).takes
    shop.files.broken = True
    assert (await shop.desk.library.kicks(ADA)).takes == (card,)
    assert card.audio is not None
    again = await shop.desk.library.save(ADA, take.ref)
    assert again.fresh
    assert again.card.audio == card.audio
    shop.files.broken = False
    assert await shop.dangling() == set()


async def test_while_storage_is_away_nothing_is_lost(shop: Shop, web_app: Database) -> None:
    take = await shop.kick()
    saved = await shop.preset((await shop.desk.library.save(ADA, take.ref)).card.ref)
    await delete_there(web_app, shop, saved, with_file=False)
    shop.files.broken = True
    [card] = (await shop.desk.library.kicks(ADA)).takes
    assert (card.ref, card.audio) == (take.ref, None)
    assert "cannot be looked up at the moment" in card.remarks[0]
    with pytest.raises(errors.StorageFailed):
        await shop.desk.library.save(ADA, take.ref)
    await shop.sweeper.sweep()
    assert (await takes(shop), await doubted(shop)) == (1, 1)
    shop.files.broken = False
    assert (await shop.desk.library.save(ADA, take.ref)).fresh


async def test_the_sweep_looks_for_what_nobody_asks_for(shop: Shop, web_app: Database) -> None:
    gone, there = await shop.saved(), await shop.saved()
    await delete_there(web_app, shop, gone)
    await delete_there(web_app, shop, there, with_file=False)
    await shop.sweeper.sweep()
    assert (await takes(shop), await doubted(shop)) == (1, 0)
    assert await shop.dangling() == set()
    assert await shop.database.fetchval("SELECT count(*) FROM kickbot.trash") == 0


async def test_what_is_deleted_here_is_not_doubted(shop: Shop) -> None:
    take = await shop.kick()
    await shop.desk.library.save(ADA, take.ref)
    await shop.desk.library.unsave(ADA, take.ref)
    shop.files.broken = True
    [card] = (await shop.desk.library.kicks(ADA)).takes
    assert card.audio is not None
    assert await doubted(shop) == 0


async def test_one_that_is_in_the_library_by_then_is_saved_already(shop: Shop, web_app: Database) -> None:
    take = await shop.kick()
    saved = await shop.preset((await shop.desk.library.save(ADA, take.ref)).card.ref)
    copy = await shop.desk.library.save(BOB, take.ref)
    await delete_there(web_app, shop, saved)
    again = await shop.desk.library.save(BOB, take.ref)
    assert (again.fresh, again.card) == (False, copy.card)


async def test_a_doubt_that_comes_meanwhile_is_not_settled_by_an_earlier_look(shop: Shop, web_app: Database) -> None:
    take = await shop.kick()
    saved = await shop.preset((await shop.desk.library.save(ADA, take.ref)).card.ref)
    await delete_there(web_app, shop, saved, with_file=False)
    account = await shop.account("ada")
    [seen] = await shop.takes.recent(account, 1)
    await shop.database.execute("UPDATE kickbot.take SET doubted_at = doubted_at + interval '1 s'")
    for there in (True, False):
        await shop.takes.settle(seen, there=there)
        assert (await takes(shop), await doubted(shop)) == (1, 1)


async def test_a_save_that_was_on_its_way_puts_no_row(shop: Shop, web_app: Database) -> None:
    take = await shop.kick()
    saved = await shop.preset((await shop.desk.library.save(ADA, take.ref)).card.ref)
    account = await shop.account("ada")
    source = await shop.kicks.source(account, SERVER, take.ref)
    assert source is not None
    assert source.sound is not None
    await delete_there(web_app, shop, saved)
    keep = Keep(source.sound, "memory:", "late", saved.amounts, limit=30, take=take.id)
    with pytest.raises(errors.NoSuchTake):
        await shop.kicks.keep(account, keep, shop.moment)
    assert await shop.database.fetchval("SELECT count(*) FROM kickgen_generatedkick") == 0


async def test_a_kick_that_was_lost_before_it_was_shown_is_not_shown(shop: Shop, web_app: Database) -> None:
    [job] = await shop.order(ADA)
    async for _ in shop.studio.make(job):
        """To its end, and not shown."""
    [take] = await shop.takes.recent(job.account, 1)
    saved = await shop.preset((await shop.desk.library.save(ADA, take.ref)).card.ref)
    await delete_there(web_app, shop, saved)
    with pytest.raises(errors.NoSuchTake):
        await anext(shop.studio.make(replace(job, state="made")))
    assert await shop.state(job) == "done"


@pytest.mark.parametrize("by_the_web_app", [False, True])
async def test_who_leaves_leaves_no_file(shop: Shop, web_app: Database, *, by_the_web_app: bool) -> None:
    """Of what is in the library and a take at once, of what was deleted there, and of what is there in part."""
    account = await shop.account("ada")
    for with_file in (True, False):
        await delete_there(web_app, shop, await shop.saved(), with_file=with_file)
    await shop.saved()
    if by_the_web_app:
        for table, column in (("presets_preset", "user_id"), ("kickgen_generatedkick", "user_id"), ("auth_user", "id")):
            await web_app.execute(f"DELETE FROM {table} WHERE {column} = $1", account)
    else:
        leaving = await shop.desk.account.accounts.leaving(ADA)
        await shop.desk.account.accounts.forget(ADA, leaving.mine.id)
    await shop.sweeper.sweep()
    assert shop.files.objects == {}
    assert (await takes(shop), await shop.dangling()) == (0, set())
