"""The studio on a real database, with an engine and files that do what a test says."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from random import Random
from uuid import uuid4

import pytest

from core import days
from core.engine import Progress
from core.jobs import Job
from core.kicks import Take
from core.making import prompts
from core.making.studio import Limits, Studio
from core.people import Actor
from db.accounts.people import People
from db.jobs import Jobs
from db.postgres.database import Database
from db.takes import Takes
from tests.aging import age
from tests.core.people import KEYS, actor
from tests.fakes.channels import Channels
from tests.fakes.engine import FakeEngine
from tests.fakes.files import MemoryFiles
from tests.fakes.jobs import TroubledJobs


@dataclass
class Workshop:
    """A studio with everything around it."""

    database: Database
    engine: FakeEngine = field(default_factory=FakeEngine)
    files: MemoryFiles = field(default_factory=MemoryFiles)
    channels: Channels = field(default_factory=Channels)
    limits: Limits = field(default_factory=Limits)
    patience: float = 3.0
    moment: datetime = field(default_factory=lambda: datetime.combine(days.day(days.now()), time(12), UTC))

    def __post_init__(self) -> None:
        self.people = People(self.database, KEYS, lambda: self.moment)
        self.takes = Takes(self.database)
        self.jobs = TroubledJobs(Jobs(self.database, lambda: self.moment))
        self.studio = self.another()

    def another(self, random: Random | None = None) -> Studio:
        """The studio of one more process on the same database, engine and files."""
        return Studio(
            engine=self.engine,
            files=self.files,
            jobs=self.jobs,
            people=self.people,
            limits=self.limits,
            clock=lambda: self.moment,
            random=random or Random(uuid4().int),
        )

    async def order(self, who: Actor, text: str = "hit house", event: str | None = None) -> list[Job]:
        """File what `who` typed."""
        return await self.studio.order(who, prompts.parse(text), event_id=event or uuid4().hex)

    async def kick(self, name: str = "ada", text: str = "hit house") -> Take:
        """Somebody's kick, made and delivered."""
        [job] = await self.order(actor(name), text)
        made = await take(self.studio, job)
        await self.studio.delivered(job, f"message-{job.id}")
        return made

    async def pass_time(self, **span: float) -> None:
        """Let everything in the database become older by so many days, hours, minutes."""
        await age(self.database, timedelta(**span))

    async def used(self) -> dict[str, int]:
        """Today's usage by subject."""
        return {row["subject"]: row["used"] for row in await self.database.fetch("SELECT * FROM kickbot.usage")}

    async def count(self, table: str) -> int:
        """So many rows are in that table of ours."""
        rows: int = await self.database.fetchval(f"SELECT count(*) FROM kickbot.{table}")
        return rows

    async def state(self, job: Job) -> str:
        """The job's state as recorded."""
        found: str = await self.database.fetchval("SELECT state FROM kickbot.job WHERE id = $1", job.id)
        return found

    async def end_leases(self) -> None:
        """As if the processes had been silent for long."""
        await self.database.execute("UPDATE kickbot.job SET lease_until = now() - interval '1 s'")

    async def end_lease_and_take_over(self) -> None:
        """As if this process had been silent for long, and another one had gone on."""
        await self.end_leases()
        await self.another().take_over("test-bot")


async def take(studio: Studio, job: Job) -> Take:
    """Make the job to its end."""
    last: Progress | Take | None = None
    async for step in studio.make(job):
        last = step
    assert isinstance(last, Take)
    return last


@pytest.fixture
def workshop(database: Database) -> Workshop:
    return Workshop(database)


@pytest.fixture
def limited(database: Database) -> Callable[..., Workshop]:
    """A workshop with other limits."""
    return lambda **limits: Workshop(database, limits=replace(Limits(), **limits))


@pytest.fixture
def limited_by_two_and_three(database: Database) -> Workshop:
    """Two kicks a day for one, three for all."""
    return Workshop(database, limits=replace(Limits(), daily=2, everyone=3))
