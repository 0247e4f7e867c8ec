"""The database goes away while people ask for kicks: each is refused or gets one, not both and not nothing."""

import asyncio

import pytest

from core.making.studio import Limits
from tests import outages
from tests.bots.discord.world import Process, World, unwatched

AWAY = 4.0
"""Seconds: longer than what fails waits for, and than a lease."""


@pytest.mark.parametrize(("mode", "after"), [("fast", 0.0), ("immediate", 0.0), ("immediate", 0.2)])
async def test_everybody_is_refused_or_served(mode: str, after: float) -> None:
    async with outages.possible() as outage:
        process = Process(outage.database, limits=Limits(daily=1000, lease=2))
        async with unwatched(process) as world:
            members = [world.member(f"m{number}") for number in range(20)]
            for member in members:
                world.ask(member)
            await asyncio.sleep(after)
            await outage.spent(AWAY, mode)
            await quiet(world)
            await outages.over(outage.database)
            await quiet(world)
            served = await outages.served(outage.database)
            posted = [message.content for message in world.posted()]
            told = {str(m.id): {one.content for one in world.posted(viewer=m)} - set(posted) for m in members}
    assert len([text for text in posted if "AI: " in text]) == len(posted) == len(served)
    for user, texts in told.items():
        assert texts <= {outages.REFUSED, outages.DELAYED}
        assert (outages.REFUSED in texts) + (user in served) == 1, (user, texts)


async def quiet(world: World) -> None:
    """Wait until nothing is answered or delivered any more."""
    here = world.client.surface
    while here.answering or here.deliveries.running:  # noqa: ASYNC110  # what is waited for is the bot's
        await asyncio.sleep(0.05)
