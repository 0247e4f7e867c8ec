"""What a kick costs the database."""

from db.postgres import pool
from db.postgres.database import Database
from tests import wire
from tests.bots.slack import office as offices
from tests.bots.slack.office import PublicFiles
from tests.core.library.shop import Shop


async def test_four_statements_to_the_card_and_one_for_where_its_sound_was_shared(target: pool.Target) -> None:
    async with wire.counted(target) as (relayed, count), pool.open_pool(relayed) as connections:
        shop = Shop(Database(connections), files=PublicFiles())
        async with offices.office(shop) as office:
            await office.kick()
            count.reset()
            await office.kick()
            assert len(count.statements) == 5, count.statements
            office.world.shares_after = None
            count.reset()
            await office.kick()
            assert len(count.statements) == 4, count.statements
