"""Fixtures of all tests, and the strict mode in which a skipped test fails."""

import os
from collections.abc import AsyncIterator, Generator, Iterator
from dataclasses import replace

import pytest

from db.postgres import pool
from db.postgres.database import Database
from tests import other_postgres, ports, postgres
from tests import pgbouncer as bouncer

STRICT = os.environ.get("KICKBOT_TEST_STRICT") == "1"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    _refuse_skip(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    _refuse_skip(report)
    return report


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On another PostgreSQL than the embedded one only what uses the tests' server is tried again."""
    if postgres.OTHER_VERSION is not None:
        using = [item for item in items if "postgres_server" in getattr(item, "fixturenames", ())]
        config.hook.pytest_deselected(items=list(set(items).difference(using)))
        items[:] = using


def _refuse_skip(report: pytest.TestReport | pytest.CollectReport) -> None:
    """Under `KICKBOT_TEST_STRICT=1` a skip is a failure that tells the skip's reason."""
    if STRICT and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, which strict mode does not allow: {report.longrepr}"


@pytest.fixture
def free_port() -> int:
    """A port of this machine that was free just now."""
    return ports.free_port()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[pool.Target]:
    """This worker's PostgreSQL; `name` is its maintenance database."""
    if postgres.OTHER_VERSION is not None and other_postgres.programs(postgres.OTHER_VERSION) is None:
        pytest.skip(f"PostgreSQL {postgres.OTHER_VERSION} is not installed")
    with postgres.server() as target:
        yield target


@pytest.fixture
async def target(postgres_server: pool.Target) -> AsyncIterator[pool.Target]:
    """A new migrated database, direct."""
    async with postgres.new_database(postgres_server) as target:
        yield target


@pytest.fixture
async def database(target: pool.Target) -> AsyncIterator[Database]:
    """A new migrated database, open."""
    async with pool.open_pool(target) as connections:
        yield Database(connections)


@pytest.fixture
async def web_app(target: pool.Target, database: Database) -> AsyncIterator[Database]:
    """The database of `database`, open for a web app with a role of its own."""
    async with postgres.web_role(target) as role, pool.open_pool(role) as connections:
        yield Database(connections)


@pytest.fixture
async def empty_target(postgres_server: pool.Target) -> AsyncIterator[pool.Target]:
    """A new database without any migration."""
    async with postgres.new_database(postgres_server, "template0") as target:
        yield target


@pytest.fixture(scope="session")
def pgbouncer(postgres_server: pool.Target) -> Iterator[pool.Target]:
    """The databases of `postgres_server` through PgBouncer in transaction mode."""
    if bouncer.program() is None:
        pytest.skip("pgbouncer is not installed")
    with bouncer.in_front_of(postgres_server) as target:
        yield target


@pytest.fixture
def pooled_target(target: pool.Target, pgbouncer: pool.Target) -> pool.Target:
    """The database of `target`, through PgBouncer."""
    return replace(pgbouncer, name=target.name)


@pytest.fixture
async def pooled_database(pooled_target: pool.Target) -> AsyncIterator[Database]:
    """The database of `target` and `database`, open through PgBouncer."""
    async with pool.open_pool(pooled_target) as connections:
        yield Database(connections)
