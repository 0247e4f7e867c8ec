"""The office in which the Slack bot is tried."""

from collections.abc import AsyncIterator

import pytest

from core.making.studio import Limits
from db.postgres.database import Database
from tests.bots.slack import office as offices
from tests.bots.slack.office import Office, PublicFiles
from tests.core.library.shop import Shop


@pytest.fixture
def shop(database: Database) -> Shop:
    return Shop(database, files=PublicFiles(), limits=Limits(daily=1000))


@pytest.fixture
async def office(shop: Shop) -> AsyncIterator[Office]:
    """At work over HTTP."""
    async with offices.office(shop) as here:
        yield here


@pytest.fixture(params=["http", "socket"])
async def either(shop: Shop, request: pytest.FixtureRequest) -> AsyncIterator[Office]:
    """At work in either mode."""
    async with offices.office(shop, request.param) as here:
        yield here
