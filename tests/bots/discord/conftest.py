"""The world in which the Discord bot is tried."""

from collections.abc import AsyncIterator

import pytest
from simcord import Env

from db.database import Database
from tests.bots.discord.world import Parts, World, prepared


@pytest.fixture
def parts(database: Database) -> Parts:
    return Parts(database)


@pytest.fixture
async def env(parts: Parts) -> AsyncIterator[Env]:
    """A simulated Discord with the bot in it. What the bot raised and nobody caught fails the test."""
    env = Env(parts.client(), shard_count=1)
    await env.start()
    yield env
    await env.shutdown()
    env.raise_errors()


@pytest.fixture
async def world(parts: Parts, env: Env) -> World:
    return await prepared(parts, env)
