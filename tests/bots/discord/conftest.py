"""The world in which the Discord bot is tried."""

from collections.abc import AsyncIterator, Iterator

import pytest
from simcord import Env

from db.postgres.database import Database
from tests.bots.discord.world import Process, World, prepared


@pytest.fixture
def parts(database: Database) -> Process:
    return Process(database)


@pytest.fixture
async def env(parts: Process) -> AsyncIterator[Env]:
    """A simulated Discord with the bot in it. What the bot raised and nobody caught fails the test, and a ping too."""
    env = Env(parts.client(), shard_count=1)
    await env.start()
    yield env
    await env.shutdown()
    env.raise_errors()
    for text, mentions in messages(env):
        assert mentions == {"parse": []}, text


def messages(env: Env) -> Iterator[tuple[str, object]]:
    """The text of every message that the bot has sent or edited, and whom it said it may ping."""
    for request in env.http_requests:
        body = request.json if isinstance(request.json, dict) else {}
        told = body["data"] if isinstance(body.get("data"), dict) else body
        if told.get("content") is not None:
            yield told["content"], told.get("allowed_mentions")


@pytest.fixture
async def world(parts: Process, env: Env) -> World:
    return await prepared(parts, env)
