"""A worker that is at work as long as a test wants it to be."""

import asyncio
from pathlib import Path
from typing import Any

import asyncpg

from core import errors
from db.postgres import cluster, pool
from tests import postgres
from tests.fakes import modal_calls
from tests.fakes.engine import decaying_sine
from tests.fakes.modal_app import ModalApp
from tests.gpu.engines.kicks import kick

PATIENT = {"KICKBOT_LEASE_SECONDS": "300"}
"""What is not released is not taken over while a test lasts."""


async def submitted(data: Path, count: int = 1) -> None:
    """Wait until so many kicks have gone to the worker and their calls are noted."""
    target = pool.Target(str(data / "postgres" / "server"), cluster.PORT, "postgres", "postgres")
    async with asyncio.timeout(60):
        while await asked(target, "SELECT count(call_id) FROM kickbot.job") < count:
            pass


async def asked(target: pool.Target, sql: str) -> int:
    """The number that the query gives; 0 while there is nothing to ask yet."""
    try:
        return int(await postgres.ask(target, sql))
    except (asyncpg.PostgresError, errors.DatabaseUnavailable):
        return 0


def finish(app: ModalApp) -> None:
    """The worker has made what it was called for, and makes at once what it is called for again."""
    for call in app.calls.values():
        call.outcome = made(call.arguments)
    app.methods = {"generate": made}


def made(given: dict[str, Any]) -> modal_calls.Outcome:
    return modal_calls.returns(kick(audio=decaying_sine(1), seed=given.get("seed"), ignored=[]))
