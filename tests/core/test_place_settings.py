"""What the admins of a place set: channels and a daily limit for all there."""

import asyncio
from dataclasses import replace

import pytest

from core import errors
from core.chat.place_settings import PlaceSettingsCommands
from core.kicks import Take
from core.people import Actor
from db.place_settings import PlaceSettingsRows
from tests.core.conftest import Workshop, take
from tests.core.people import SERVER, actor

ADMIN = replace(actor("ada"), admin=True)


@pytest.fixture
def service(workshop: Workshop) -> PlaceSettingsCommands:
    return PlaceSettingsCommands(PlaceSettingsRows(workshop.database))


async def test_kicks_are_made_in_the_channels_that_were_set(workshop: Workshop, service: PlaceSettingsCommands) -> None:
    await service.set_channel(ADMIN, "kicks", allowed=True)
    with pytest.raises(errors.ChannelClosed):
        await workshop.order(actor("bob"))
    with pytest.raises(errors.ChannelClosed):
        await service.check(SERVER)
    assert await workshop.order(actor("bob", replace(SERVER, channel="kicks", thread="t1")))
    assert await workshop.order(actor("bob", replace(SERVER, id="another server")))
    assert await workshop.order(actor("bob", replace(SERVER, private=True)))
    await service.set_channel(ADMIN, "kicks", allowed=False)
    assert await workshop.order(actor("bob"))


async def test_a_redelivered_event_is_still_known_in_a_closed_channel(
    workshop: Workshop, service: PlaceSettingsCommands
) -> None:
    await workshop.order(actor("bob"), event="e1")
    assert await workshop.order(actor("bob"), event="e1") == []


async def test_all_together_have_the_limit_that_was_set(workshop: Workshop, service: PlaceSettingsCommands) -> None:
    await service.set_limit(ADMIN, 3)
    jobs = [(await workshop.order(actor(name)))[0] for name in "abcde"]
    ends = await asyncio.gather(*(take(workshop.studio, job) for job in jobs), return_exceptions=True)
    assert sum(isinstance(end, Take) for end in ends) == 3
    refusals = [end for end in ends if isinstance(end, errors.PlaceQuotaReached)]
    assert len(refusals) == 2
    assert "3 kicks here today" in str(refusals[0])
    used = await workshop.used()
    assert used["place:discord:server"] == used["all"] == 3
    await service.set_limit(ADMIN, None)
    await workshop.kick("e")


async def test_a_failed_attempt_is_given_back_to_the_place(workshop: Workshop, service: PlaceSettingsCommands) -> None:
    await service.set_limit(ADMIN, 1)
    workshop.engine.render = lambda _: b"no sound"
    [job] = await workshop.order(actor("bob"))
    with pytest.raises(errors.BadSound):
        await take(workshop.studio, job)
    assert set((await workshop.used()).values()) == {0}


@pytest.mark.parametrize(
    ("who", "error"),
    [
        (actor("bob"), errors.NotAdmin),
        (replace(actor("bob"), moderator=True), errors.NotAdmin),
        (Actor(ADMIN.person, replace(SERVER, private=True), admin=True), errors.NoPlace),
    ],
)
async def test_only_admins_set_them_and_only_in_a_place(
    service: PlaceSettingsCommands, who: Actor, error: type[errors.KickbotError]
) -> None:
    for attempt in (
        service.set_limit(who, 1),
        service.set_channel(who, "c", allowed=True),
        service.open_everywhere(who),
    ):
        with pytest.raises(error):
            await attempt
    assert await service.of(SERVER) == await service.of(replace(SERVER, id="untouched"))
