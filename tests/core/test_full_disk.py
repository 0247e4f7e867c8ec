"""A disk that is full: what people are told of their kicks is what becomes of them.

PostgreSQL's error is raised by a trigger, with the words and the code that it has for a disk without room.
"""

from contextlib import aclosing

import pytest

from core import errors
from tests.core.conftest import Workshop, take
from tests.core.people import actor

ADA = actor("ada")
REFUSING = """
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    RAISE EXCEPTION 'could not extend file "base/5/16652": No space left on device'
        USING ERRCODE = 'disk_full', HINT = 'Check free disk space.';
END $$;
"""


async def fill(workshop: Workshop, *tables: str) -> None:
    """From now on there is no room for rows of those tables."""
    await workshop.database.execute(REFUSING)
    for table in tables:
        await workshop.database.execute(
            f"CREATE TRIGGER fail BEFORE INSERT OR UPDATE ON kickbot.{table} FOR EACH ROW EXECUTE FUNCTION refuse()"
        )


async def test_a_kick_that_has_begun_counts_and_is_made_when_there_is_room(workshop: Workshop) -> None:
    [job] = await workshop.order(ADA)
    async with aclosing(workshop.studio.make(job)) as steps:
        await anext(steps)
        await fill(workshop, "job", "take")
        workshop.files.full = True
        with pytest.raises(errors.DelayedForRoom) as delayed:
            await anext(steps)
    assert "counts as one of today's, and comes here when there is room again" in str(delayed.value)
    assert delayed.value.detail.endswith("No space left on device HINT: Check free disk space.")
    assert set((await workshop.used()).values()) == {1}, "it is counted, as was said"
    await comes(workshop)


async def test_a_kick_that_was_only_filed_is_made_when_there_is_room(workshop: Workshop) -> None:
    [job] = await workshop.order(ADA)
    await fill(workshop, "job", "usage")
    with pytest.raises(errors.DelayedForRoom):
        await take(workshop.studio, job)
    await comes(workshop)


async def comes(workshop: Workshop) -> None:
    """There is room, and another process makes what was left: one kick, which is counted once."""
    await workshop.database.execute("DROP FUNCTION refuse CASCADE")
    workshop.files.full = False
    await workshop.end_leases()
    studio = workshop.another()
    [left] = await studio.take_over("test-bot")
    made = await take(studio, left)
    assert await workshop.takes.recent(made.account, 10) == [made]
    assert set((await workshop.used()).values()) == {1}


async def test_a_kick_that_could_not_be_filed_is_over(workshop: Workshop) -> None:
    await workshop.order(ADA)
    await fill(workshop, "job")
    with pytest.raises(errors.DatabaseFull, match=r"is full\. Nothing was changed or counted; please ask again once"):
        await workshop.order(ADA)
    assert await workshop.count("job") == 1


async def test_a_kick_whose_sound_has_no_room_is_over_and_not_counted(workshop: Workshop) -> None:
    [job] = await workshop.order(ADA)
    workshop.files.full = True
    with pytest.raises(
        errors.StorageFull, match=r"no room left where sounds are kept\. Nothing was changed or counted"
    ):
        await take(workshop.studio, job)
    assert await workshop.state(job) == "failed"
    assert set((await workshop.used()).values()) == {0}
