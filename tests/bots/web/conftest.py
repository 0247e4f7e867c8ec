"""The app on a real port, and a client of it."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack

import aiohttp
import pytest
from aiohttp import web

from bots.web import server

Serve = Callable[[web.Application], Awaitable[str]]


@pytest.fixture
async def serve() -> AsyncIterator[Serve]:
    """Serves an app until the test ends; gives its address."""
    async with AsyncExitStack() as stack:

        async def serve(app: web.Application) -> str:
            return f"http://127.0.0.1:{await stack.enter_async_context(server.serve(app, '127.0.0.1', 0))}"

        yield serve


@pytest.fixture
async def client() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session
