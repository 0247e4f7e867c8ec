"""A process of Kickbot that is killed at a chosen step of a job: run by `test_killed.py` in a child of its own."""

import asyncio
import os
import signal
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass, field
from functools import wraps
from inspect import iscoroutinefunction
from pathlib import Path
from typing import Any

from core.engine import Order, Progress, Rendered
from core.kicks import Take
from core.library.sweeping import Sweeper
from core.making import prompts
from core.making.studio import Limits, Studio
from db.accounts.people import People
from db.jobs import Jobs
from db.postgres import pool
from db.postgres.database import Database
from db.storage import folder
from db.sweepings import Sweepings
from tests.core.people import KEYS, actor
from tests.fakes.engine import FakeEngine

LEASE = 0.2
EVENT = "the-event"


@dataclass
class Fuse:
    """Kills the process at step `at`; a step is the beginning or the end of a call of a store, file or engine.

    With the signal `by` SIGSTOP it stands still there until somebody lets it go on.
    """

    at: int
    steps: int = 0
    by: signal.Signals = signal.SIGKILL

    def burn(self) -> None:
        self.steps += 1
        if self.steps == self.at:
            os.kill(os.getpid(), self.by)

    def around(self, part: Any, *names: str) -> Any:
        """`part`, with steps around its methods `names`."""
        return _Fused(part, {name: self._fused(getattr(part, name)) for name in names})

    def _fused(self, method: Callable[..., Any]) -> Callable[..., Any]:
        assert iscoroutinefunction(method)

        @wraps(method)
        async def run(*values: Any, **named: Any) -> Any:
            self.burn()
            result = await method(*values, **named)
            self.burn()
            return result

        return run


class _Fused:
    def __init__(self, part: Any, fused: dict[str, Any]) -> None:
        self._part = part
        self.__dict__.update(fused)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._part, name)


@dataclass
class LastingEngine(FakeEngine):
    """Its call ids are good in another process, as Modal's are: the call's id is the order's seed."""

    with_calls: bool = True
    fuse: Fuse = field(default_factory=lambda: Fuse(0))

    async def submit(self, order: Order) -> str | None:
        self.submitted.append(order)
        return str(order.seed)

    async def updates(self, order: Order, call_id: str | None) -> AsyncGenerator[Progress | Rendered]:
        assert call_id is not None
        self.calls[call_id] = Order(order.prompt, int(call_id))
        async for step in super().updates(order, call_id):
            self.fuse.burn()
            yield step


def sweep(target: pool.Target, files: Path, at: int) -> None:
    """Sweep in batches of 100, with a lease of a minute; killed at step `at`, the beginning or end of a batch."""
    asyncio.run(_sweep(target, files, at))


async def _sweep(target: pool.Target, files: Path, at: int) -> None:
    async with pool.open_pool(target, size=2) as connections:
        store = await folder.open_folder(files, "http://localhost")
        sweepings = Fuse(at).around(Sweepings(Database(connections)), "expire_takes")
        await Sweeper(sweepings, store, rows=100, lease=60).sweep()


def live(target: pool.Target, files: Path, at: int) -> None:
    """One life of a process: take over what was left, and see to the event; killed at step `at`, or done."""
    asyncio.run(_live(target, files, at))


async def _live(target: pool.Target, files: Path, at: int) -> None:
    fuse = Fuse(at)
    async with pool.open_pool(target, size=2) as connections:
        database = Database(connections)
        store = await folder.open_folder(files, "http://localhost")
        studio = Studio(
            engine=fuse.around(LastingEngine(fuse=fuse), "submit"),
            files=fuse.around(store, "store"),
            jobs=fuse.around(Jobs(database), "file", "start", "submitted", "finish", "delivered"),
            people=fuse.around(People(database, KEYS), "enrol"),
            limits=Limits(lease=LEASE),
        )
        jobs = await studio.take_over("test-bot")
        jobs += await studio.order(actor("ada"), prompts.parse("hit house"), event_id=EVENT)
        for job in jobs:
            async for step in studio.make(job):
                if isinstance(step, Take):
                    await studio.delivered(job, "the-message")
