"""The storm: people act on all platforms while processes are killed, until so many have been; then it is calm."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random

import aiohttp

from core import errors
from core.library.sweeping import Sweeper
from db.postgres import pool
from db.postgres.database import Database
from db.storage import folder
from db.sweepings import Sweepings
from tests import ports
from tests.chaos import invariants, shown, watching
from tests.chaos.actions import ACTIONS, Scene
from tests.chaos.console import AtConsole
from tests.chaos.discord import InDiscord
from tests.chaos.life import BOT_TOKEN, LIMITS, Life
from tests.chaos.members import Member
from tests.chaos.processes import Seat
from tests.chaos.slack import BOT, TEAM, Balanced, InSlack
from tests.fakes.discord_far import FarDiscord
from tests.fakes.slack import server as slack_server
from tests.fakes.slack.people import HttpLine, Somebody
from tests.fakes.slack.world import Token, World

NAME = "the storm"
BETWEEN_KILLS = 1.2
RESTS_WITHIN = 60.0
SETTINGS = """
INSERT INTO kickbot.place (platform, place, channels, daily_limit) VALUES ('slack', 'T1', '{}', 100000)
"""


@dataclass(frozen=True)
class Storm:
    """What there is in it. `database` is the test's own way to the rows."""

    random: Random
    database: Database
    files: Path
    slack: World
    discord: FarDiscord
    seats: list[Seat]
    members: list[Member]

    async def blow(self, kills: int) -> None:
        """Kill so many processes while everybody acts; at the end all have finished what they were asked."""
        tasks = [asyncio.create_task(self._act(member)) for member in self.members]
        tasks += [asyncio.create_task(_again(self.random, each)) for each in (self._cut, self._expire, self._freeze)]
        for _ in range(kills):
            await asyncio.sleep(self.random.uniform(0, BETWEEN_KILLS))
            await self.random.choice(self.seats).kill()
        for task in tasks:
            task.cancel()
        for end in await asyncio.gather(*tasks, return_exceptions=True):
            if isinstance(end, Exception):
                raise end
        await self._rest()

    async def broken(self) -> list[str]:
        """What is wrong now that it is over."""
        return [
            *await invariants.broken(self.database, self.files),
            *await shown.missing(self.database, self.slack, self.discord.env),
        ]

    async def tale(self) -> str:
        """What happened, in numbers."""
        kills = ", ".join(f"{seat.life.surface} {seat.kills}" for seat in self.seats)
        happened = ", ".join(f"{row['what']} {row['count']}" for row in await self.database.fetch(HAPPENED))
        return f"killed: {kills}; rows: {happened}"

    async def _act(self, member: Member) -> None:
        """Do one thing after the other."""
        others = [one for one in self.members if one is not member]
        scene = Scene(self.database, member, others, Random(f"{self.random.random()} {member.person.id}"))
        while True:
            [action] = scene.random.choices(list(ACTIONS), list(ACTIONS.values()))
            await action(scene)
            await asyncio.sleep(scene.random.uniform(0, 0.5))

    async def _cut(self) -> None:
        """Connections to PostgreSQL break, some of the pooler's among them."""
        await self.database.execute(CUT, NAME)

    async def _expire(self) -> None:
        """A take has become old."""
        await self.database.execute(EXPIRE)

    async def _freeze(self) -> None:
        """A process stands still for longer than its leases."""
        await self.random.choice(self.seats).freeze(self.random.uniform(0.2, 2.5))

    async def _rest(self) -> None:
        """Wait until every job is finished, end all processes, and let a last sweep find nothing left to wait for."""
        async with asyncio.timeout(RESTS_WITHIN):
            while await self.database.fetchval(UNFINISHED):
                await self.database.execute("UPDATE kickbot.removal SET due = now()")
                await asyncio.sleep(0.3)
        await asyncio.gather(*(seat.close() for seat in self.seats))
        await self.database.execute("UPDATE kickbot.trash SET due = now()")
        sweeper = Sweeper(Sweepings(self.database), await folder.open_folder(self.files, "https://files.example"))
        await asyncio.sleep(LIMITS.lease)  # whoever swept when it was killed leads no longer
        await sweeper.sweep()


async def _again(random: Random, trouble: Callable[[], Awaitable[None]]) -> None:
    """Let it happen again and again."""
    while True:
        await asyncio.sleep(random.uniform(0.5, 4))
        with suppress(errors.DatabaseUnavailable):
            await trouble()


@asynccontextmanager
async def brewing(seed: int, direct: pool.Target, pooled: pool.Target, files: Path) -> AsyncIterator[Storm]:
    """All that a storm needs: platforms, processes at work, people on each platform. Slack's are behind the pooler."""
    random = Random(seed)
    async with AsyncExitStack() as stack:
        connections = await stack.enter_async_context(pool.open_pool(direct, application=NAME))
        database = Database(connections)
        await watching.watch(database)
        await database.execute(SETTINGS)
        slack = World()
        await stack.enter_async_context(slack_server.served(slack))
        discord = await stack.enter_async_context(FarDiscord().serving())
        timeout = aiohttp.ClientTimeout(total=3)
        session = await stack.enter_async_context(aiohttp.ClientSession(timeout=timeout))
        desks = [Seat(Life("console", direct, files, name=name)) for name in ("carl", "cora")]
        offices = [Seat(Life("slack", pooled, files, slack.address, ports.free_port())) for _ in range(2)]
        server = Seat(Life("discord", direct, files, discord.address))
        lines = [HttpLine(session, f"http://127.0.0.1:{seat.life.port}/slack/events") for seat in offices]
        members = [*map(AtConsole, desks), *_in_slack(slack, Balanced(lines, random), random)]
        members += _in_discord(discord, random)
        seats = [*desks, *offices, server]
        for seat in seats:
            stack.callback(seat.abandon)
        await asyncio.gather(*(seat.start() for seat in seats))
        yield Storm(random, database, files, slack, discord, seats, members)


def _in_slack(world: World, line: Balanced, random: Random) -> list[Member]:
    world.tokens[BOT_TOKEN] = Token(TEAM, BOT, "B1")
    names = ("sam", "sue", "sid")
    world.channel("general", "public", BOT, *(name.upper() for name in names))
    for name in names:
        world.person(name.upper(), name)
    return [InSlack(Somebody(world, line, name.upper(), name), random) for name in names]


def _in_discord(discord: FarDiscord, random: Random) -> list[Member]:
    guild = discord.env.create_guild("Kick lab")
    channel = guild.create_text_channel("drums")
    people = [guild.add_member(discord.env.create_user(name)) for name in ("dan", "dora", "dirk")]
    return [InDiscord(discord.env, guild, channel, member, random) for member in people]


UNFINISHED = """
SELECT EXISTS (SELECT FROM kickbot.job WHERE state IN ('queued', 'running', 'made'))
    OR EXISTS (SELECT FROM kickbot.removal)
"""

HAPPENED = """
SELECT what, count(*) FROM chaos.seen GROUP BY what
UNION ALL SELECT 'saved', count(*) FROM kickbot.saved
UNION ALL SELECT 'shared', count(*) FROM kickbot.share
"""

CUT = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND application_name <> $1 AND backend_type = 'client backend'
ORDER BY random() LIMIT 2
"""

EXPIRE = """
UPDATE kickbot.take SET expires_at = now() WHERE id = (SELECT id FROM kickbot.take ORDER BY random() LIMIT 1)
"""
