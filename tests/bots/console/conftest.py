"""Fixtures of consoles whose kicks come from a worker that is at work as long as a test wants it to be."""

from collections.abc import AsyncIterator

import pytest

from tests.bots.console.workers import PATIENT
from tests.fakes import modal_calls
from tests.fakes.modal_app import ModalApp
from tests.fakes.modal_server import TOKEN, ModalServer


@pytest.fixture
def app() -> ModalApp:
    """A worker that is still at work when the test ends."""
    app = ModalApp()
    app.methods = {"generate": lambda _: modal_calls.never()}
    app.functions = {"describe": lambda _: modal_calls.returns({"revision": "abc123", "vocabulary": ["hit", "house"]})}
    return app


@pytest.fixture
def modal(app: ModalApp) -> ModalServer:
    """What is in front of the worker."""
    return ModalServer(app)


@pytest.fixture
async def settings(modal: ModalServer) -> AsyncIterator[dict[str, str]]:
    """Kicks come from the worker."""
    async with modal.listen() as url:
        yield {"MODAL_SERVER_URL": url, "MODAL_TOKEN_ID": TOKEN[0], "MODAL_TOKEN_SECRET": TOKEN[1], **PATIENT}
