"""Fixtures of the tests of an embedded database."""

import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

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
