"""`/kick` in Discord, all at once: how soon it is acknowledged, how soon it is there."""

import asyncio
import re
import time
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass
from typing import Any

import discord
import pytest
from simcord import Env, MemberActor, interactions

from core.engine import Order, Progress, Rendered
from core.making.studio import Limits
from db.postgres.database import Database
from tests.bench.measuring import percentiles, tell, watched_loop
from tests.bots.discord.world import Process, World, prepared
from tests.fakes.engine import FakeEngine, decaying_sine

pytestmark = pytest.mark.bench

MEMBERS, EACH = 20, 5


@dataclass
class DistantEngine(FakeEngine):
    """Answers after 50 ms, as many at once as are asked."""

    async def updates(self, order: Order, call_id: str | None) -> AsyncGenerator[Progress | Rendered]:
        await asyncio.sleep(0.05)
        async for step in super().updates(order, call_id):
            yield step


class Heard(list[tuple[str, str, Any]]):
    """A transcript that knows when a request about an interaction was made."""

    def __init__(self) -> None:
        super().__init__()
        self.acknowledged: dict[str, float] = {}
        self.posted: dict[str, float] = {}

    def append(self, line: tuple[str, str, Any]) -> None:
        """Note when the line came."""
        super().append(line)
        found = re.search(r"simcord_interaction_([0-9]+)", line[1])
        if found and line[1].startswith("POST /interactions/"):
            self.acknowledged[found[1]] = time.perf_counter()
        elif found and line[1].startswith("PATCH /webhooks/"):
            self.posted[found[1]] = time.perf_counter()


def ask(world: World, member: MemberActor) -> tuple[str, float]:
    """`/kick hit house` of a member, without waiting for anything: the interaction's id, and when it came."""
    backend = world.env.backend
    root = backend.find_command("kick", world.guild.id, type=1)
    assert root is not None
    option = {"name": "prompt", "type": discord.AppCommandOptionType.string.value, "value": "hit house"}
    interaction, payload = interactions.base_payload(
        backend,
        type=discord.InteractionType.application_command.value,
        channel_id=world.channel.id,
        guild_id=world.guild.id,
        user_id=member.id,
        data={"id": root["id"], "name": "kick", "type": 1, "options": [option]},
    )
    came = time.perf_counter()
    backend.emit("INTERACTION_CREATE", payload)
    return str(interaction.id), came


@asynccontextmanager
async def unwatched(parts: Process) -> AsyncIterator[World]:
    """A world whose simulator does not watch the bot's tasks and timers: with a hundred that costs far more than they.

    So nothing settles here, and whoever asks waits for what they want to see.
    """
    env = Env(parts.client(), shard_count=1)
    env._bot_scope = nullcontext  # type: ignore[assignment, method-assign]
    await env.start()
    with env.time_context():
        world = await prepared(parts, env)
        yield world
        await world.client.leave(5)
        await env.shutdown()


async def kicks(world: World, heard: Heard, members: list[MemberActor]) -> dict[str, float]:
    """A kick of each, all at once and posted: when each was asked for, by interaction."""
    asked = {}
    for member in members:
        interaction, came = ask(world, member)
        asked[interaction] = came
        await asyncio.sleep(0)  # the next event is another turn of the loop, as it is on a socket
    while not asked.keys() <= heard.posted.keys():  # noqa: ASYNC110  # nobody tells of a request but the transcript
        await asyncio.sleep(0.01)
    return asked


async def test_a_hundred_kicks_at_once(database: Database) -> None:
    sound = decaying_sine(1)
    parts = Process(database, engine=DistantEngine(render=lambda _: sound), limits=Limits(daily=1000))
    async with unwatched(parts) as world:
        members = [world.member(f"m{number}") for number in range(MEMBERS)]
        world.env.backend.transcript = heard = Heard()
        await kicks(world, heard, members)
        async with watched_loop() as blocks:
            asked = await kicks(world, heard, members * EACH)
    acknowledged = [heard.acknowledged[one] - came for one, came in asked.items()]
    finished = [heard.posted[one] - came for one, came in asked.items()]
    seconds = max(heard.posted.values()) - min(asked.values())
    tell("100 /kick at once, 20 members: acknowledged", percentiles(acknowledged), "p99 < 300 ms")
    tell("100 /kick at once, 20 members: card posted", percentiles(finished))
    tell("kicks a second", f"{len(finished) / seconds:.1f}")
    tell("longest block of the event loop meanwhile", f"{blocks.longest * 1000:.1f} ms")
