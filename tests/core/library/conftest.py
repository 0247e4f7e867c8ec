"""The shop that the tests of libraries, presets and sharing go to."""

import pytest

from db.postgres.database import Database
from tests.core.library.shop import Shop


@pytest.fixture
def shop(database: Database) -> Shop:
    """A shop on a new database."""
    return Shop(database)
