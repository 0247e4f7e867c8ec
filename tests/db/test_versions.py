"""The tests' server is of the version that was asked for."""

from db.postgres.database import Database
from tests import postgres


async def test_the_server_is_the_one_asked_for(database: Database) -> None:
    version = await database.fetchval("SHOW server_version")
    assert version.split(".")[0] == (postgres.OTHER_VERSION or "18")
