"""`/kick` in Discord, all at once: how soon it is acknowledged, how soon it is there."""

import asyncio
import re
import time
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Any

import pytest
from simcord import MemberActor

from core.engine import Order, Progress, Rendered
from core.making.studio import Limits
from db.postgres.database import Database
from tests.bench.measuring import percentiles, tell, watched_loop
from tests.bots.discord.world import Process, World, unwatched
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


async def kicks(world: World, heard: Heard, members: list[MemberActor]) -> dict[str, float]:
    """A kick of each, all at once and posted: when each was asked for, by interaction."""
    asked = {}
    for member in members:
        asked[world.ask(member)] = time.perf_counter()
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
