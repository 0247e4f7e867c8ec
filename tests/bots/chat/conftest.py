"""The core that a platform is put in front of."""

import pytest

from db.postgres.database import Database
from tests.core.conftest import Workshop
from tests.core.library.shop import Shop


@pytest.fixture
def workshop(database: Database) -> Workshop:
    return Workshop(database)


@pytest.fixture
def shop(database: Database) -> Shop:
    """A core on a new database."""
    return Shop(database)
