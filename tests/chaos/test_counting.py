"""What is counted anew from the log is what was counted."""

import asyncio

from core import days
from core.jobs import EVERYONE
from db.postgres.database import Database
from tests.chaos import counting, watching
from tests.core.accounts import ADA, ADA_L, accounts_of, linked
from tests.core.conftest import Workshop, take
from tests.db.filling import when_waiting


async def test_who_is_parted_while_a_kick_begins_knows_of_it_or_is_gone_before(database: Database) -> None:
    workshop = Workshop(database)
    service = accounts_of(workshop)
    await watching.watch(database)
    await linked(service, ADA, ADA_L)
    [job] = await workshop.order(ADA)
    async with database.transaction() as holding:
        await holding.execute("SELECT kickbot.hold_usage($1, $2)", EVERYONE, days.day(workshop.moment))
        making = asyncio.ensure_future(take(workshop.studio, job))
        await when_waiting(database, 1)
        parting = asyncio.ensure_future(service.unlink(ADA_L))
        await when_waiting(database, 2)
    await asyncio.gather(making, parting)
    assert list(counting.wrong(await watching.seen(database), await workshop.used())) == []
