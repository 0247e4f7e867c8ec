"""What arrives while the process begins or ends, and what goes on though Discord or the database fails."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bots.discord import client as clients
from tests.bots.discord.world import SAVE, Process, World

SAVED = "SELECT count(*) FROM kickbot.saved"


@asynccontextmanager
async def leaving(world: World) -> AsyncIterator[None]:
    """While the process leaves, with an answer that holds it up."""
    held = asyncio.create_task(asyncio.Event().wait())
    world.client.surface.answering.add(held)
    left = asyncio.create_task(world.client.leave(30))
    await world.client.surface.closing.wait()
    async with asyncio.timeout(20):
        while world.client._background.running:  # noqa: ASYNC110  # what goes on beside is ended
            await asyncio.sleep(0)
    yield
    held.cancel()
    await world.env.advance_time(31)
    await left


async def test_reactions_while_it_leaves_are_the_next_process_s(world: World, parts: Process) -> None:
    await world.kick()
    await world.env.advance_time(20)
    [card] = world.posted()
    async with leaving(world):
        await world.bob.react(card, SAVE)
        await world.env.settle()
        assert await parts.database.fetchval(SAVED) == 0
    await world.restart()
    await world.env.advance_time(clients.RECONCILED_EVERY)
    assert await parts.database.fetchval(SAVED) == 1


async def test_a_session_that_begins_while_it_leaves_reads_no_reactions(world: World) -> None:
    await world.kick()
    await world.env.advance_time(2 * clients.RECONCILED_EVERY)
    async with leaving(world):
        await world.client.on_shard_ready(0)
        assert world.client._background.running == set(), "nothing is begun any more"
