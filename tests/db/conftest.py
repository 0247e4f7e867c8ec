"""Fixtures of the tests of databases, embedded or behind a pooler."""

import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from db.postgres.database import Database
from tests import postgres
from tests.db.users import Users


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that everyone may enter; pytest's own are private."""
    path = Path(tempfile.mkdtemp(prefix="kickbot-embedded-", dir=postgres.quick_folder()))
    path.chmod(0o755)
    yield path
    shutil.rmtree(path)


@pytest.fixture
async def users(folder: Path) -> AsyncIterator[Users]:
    """Starts processes that use the server of `folder`."""
    users = Users(folder)
    yield users
    await users.end()


@pytest.fixture(params=["direct", "pooled"])
def either(request: pytest.FixtureRequest) -> Database:
    """A database, direct or through PgBouncer."""
    name = "database" if request.param == "direct" else "pooled_database"
    database: Database = request.getfixturevalue(name)
    return database
