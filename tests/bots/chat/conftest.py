"""The studio of the core, as a platform delivers what it makes."""

import pytest

from db.database import Database
from tests.core.conftest import Workshop


@pytest.fixture
def workshop(database: Database) -> Workshop:
    return Workshop(database)
