"""The web app deletes users and kicks and knows nothing of our files: they go with the next sweep.

It has a database role of its own, which has no rights on our tables.
"""

from contextlib import aclosing

import pytest

from core import errors, files
from db.postgres.database import Database
from tests.core.library.shop import Shop
from tests.core.people import actor

ADA, BOB = actor("ada"), actor("bob")

AS_DJANGO_DOES = """
DELETE FROM presets_preset WHERE user_id = {0};
DELETE FROM kickgen_generatedkick WHERE user_id = {0};
DELETE FROM auth_user WHERE id = {0};
"""


async def test_a_deleted_user_leaves_no_file_and_others_keep_their_copies(shop: Shop, web_app: Database) -> None:
    account = await shop.account("ada")
    saved, take = await shop.saved("ada"), await shop.kick("ada")
    web = await shop.desk.library.save(ADA, await shop.web_kick(account))
    assert web.card.audio is not None
    await shop.desk.library.save(BOB, take.ref)
    assert saved.kick is not None
    assert {saved.kick.sound.path, take.path, web.card.audio.path} <= shop.files.objects.keys()
    await web_app.execute(AS_DJANGO_DOES.format(account))
    await shop.sweeper.sweep()
    [kept] = (await shop.desk.library.kicks(BOB)).library
    assert kept.audio is not None
    assert shop.files.objects.keys() == {kept.audio.path, files.picture_path(kept.audio.path)}
    assert await shop.database.fetchval("SELECT count(*) FROM kickbot.trash") == 0


async def test_a_deleted_kick_takes_its_picture_along(shop: Shop, web_app: Database) -> None:
    ref = await shop.web_kick(await shop.account("ada"))
    await shop.desk.library.save(ADA, ref)
    await web_app.execute("DELETE FROM kickgen_generatedkick WHERE id = $1", ref.id)
    await shop.sweeper.sweep()
    assert shop.files.objects == {}


async def test_a_deleted_kick_leaves_its_take_the_file(shop: Shop, web_app: Database) -> None:
    saved = await shop.saved("ada")
    assert saved.kick is not None
    await web_app.execute("DELETE FROM kickgen_generatedkick")
    await shop.sweeper.sweep()
    path = saved.kick.sound.path
    assert shop.files.objects.keys() == {path, files.picture_path(path)}
    await shop.database.execute("DELETE FROM kickbot.take")
    await shop.sweeper.sweep()
    assert shop.files.objects == {}


async def test_whoever_may_delete_a_user_needs_no_right_on_our_tables(shop: Shop, web_app: Database) -> None:
    take = await shop.kick("ada")
    await web_app.execute("DELETE FROM auth_user")
    await shop.sweeper.sweep()
    assert take.path not in shop.files.objects


async def test_a_kick_that_is_being_made_leaves_no_file(shop: Shop, web_app: Database) -> None:
    [job] = await shop.order(ADA)
    async with aclosing(shop.studio.make(job)) as steps:
        await anext(steps)
        await web_app.execute("DELETE FROM auth_user")
        with pytest.raises(errors.Cancelled):
            await anext(steps)
    await shop.pass_time(days=1)
    await shop.sweeper.sweep()
    assert shop.files.objects == {}


async def test_a_kick_that_goes_while_its_file_is_looked_at_leaves_no_file(shop: Shop) -> None:
    await shop.saved("ada")
    await shop.pass_time(days=91)
    assert not await shop.sweeper.sweepings.expire_takes(10)
    async with shop.database.transaction() as web:
        await web.execute("DELETE FROM kickgen_generatedkick")
        await shop.sweeper.sweep()
    await shop.sweeper.sweep()
    assert shop.files.objects == {}
