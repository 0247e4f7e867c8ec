"""The way of one warm `/kick` through the files of Kickbot: how many, and how often it goes from one to another.

Only what runs on the event loop's thread is seen. A coroutine that goes on where it was counts as a call.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from simcord import Env

from bots.console.screen import JsonScreen
from bots.console.surface import Console
from core.people import Actor, Person, Place
from db.postgres.database import Database
from tests.bench.measuring import tell
from tests.bots.discord.world import Process, prepared
from tests.bots.slack.office import PublicFiles, office
from tests.core.library.shop import Shop
from tests.fakes.engine import FakeEngine

pytestmark = pytest.mark.bench

ROOT = Path(__file__).parents[2]
OURS = tuple(f"{ROOT / package}/" for package in ("bots", "core", "db", "gpu"))


@dataclass
class Way:
    """The files in which something was called, and how often that was another one than before."""

    files: set[str] = field(default_factory=set)
    switches: int = 0
    last: str = ""

    def note(self, frame: FrameType, event: str, arg: Any) -> None:
        """See `sys.setprofile`."""
        file = frame.f_code.co_filename
        if event != "call" or not file.startswith(OURS):
            return
        self.files.add(file)
        self.switches += file != self.last
        self.last = file


@contextmanager
def traced(platform: str) -> Iterator[None]:
    """Follow what is called in the block, and tell of it."""
    way = Way()
    sys.setprofile(way.note)
    try:
        yield
    finally:
        sys.setprofile(None)
    tell(f"one warm /kick, {platform}", f"{len(way.files)} files, {way.switches} switches")
    for file in sorted(way.files):
        print(f"    {Path(file).relative_to(ROOT)}")


async def test_discord(database: Database) -> None:
    parts = Process(database, FakeEngine())
    env = Env(parts.client(), shard_count=1)
    await env.start()
    world = await prepared(parts, env)
    await world.kick()
    with traced("Discord"):
        await world.kick()
    await env.shutdown()


async def test_slack_over_http(database: Database) -> None:
    async with office(Shop(database, files=PublicFiles())) as there:
        there.engine = FakeEngine()
        async with there.process():
            await there.kick()
            with traced("Slack"):
                await there.kick()


async def test_console(database: Database) -> None:
    place = Place("console", "console", id="console", channel="console")
    console = Console(Shop(database).services(), Actor(Person("console", "", "ada", "ada"), place), JsonScreen())
    assert await console.run("/kick hit house")
    with traced("console"):
        assert await console.run("/kick hit house")
