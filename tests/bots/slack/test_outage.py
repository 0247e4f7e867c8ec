"""The database goes away while people ask for kicks: each is refused or gets one, not both and not nothing."""

import asyncio

import pytest

from core.making.studio import Limits
from tests import outages
from tests.bots.slack import office as offices
from tests.bots.slack.office import Office, PublicFiles
from tests.core.library.shop import Shop

USERS = [f"U{number}" for number in range(20)]
AWAY = 4.0
"""Seconds: longer than what fails waits for, and than a lease."""


def arrived(office: Office) -> None:
    """They come into the channel."""
    for user in USERS:
        office.world.person(user, user.lower())
        office.general.members.add(user)


async def ask(office: Office) -> None:
    """Each asks for a kick, all at once."""
    await asyncio.gather(
        *(office.somebody(user, user.lower()).command("hit house", office.general.id) for user in USERS)
    )


@pytest.mark.parametrize("mode", ["fast", "immediate"])
@pytest.mark.parametrize("after", [0.4, 0.8])
async def test_everybody_is_refused_or_served(mode: str, after: float) -> None:
    async with outages.possible() as outage:
        shop = Shop(outage.database, files=PublicFiles(), limits=Limits(daily=1000, lease=2))
        async with offices.office(shop) as office:
            arrived(office)
            asking = asyncio.create_task(ask(office))
            await asyncio.sleep(after)
            await outage.spent(AWAY, mode)
            await asking
            await office.settle()
            await outages.over(outage.database)
            await office.settle()
            served = await outages.served(outage.database)
        told = {user: {message.text for message in office.world.private(user)} for user in USERS}
    cards = [message for message in office.general.messages.values() if "AI: " in message.text]
    sounds = [message for message in office.general.messages.values() if message.file]
    assert len(cards) == len(sounds) == len(served)
    assert len(office.general.messages) == len(cards) + len(sounds), "no placeholder is left behind"
    for user, texts in told.items():
        assert texts <= {outages.REFUSED, outages.DELAYED}
        assert (outages.REFUSED in texts) + (user in served) == 1, (user, texts)
