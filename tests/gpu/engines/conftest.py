"""A Modal on the loopback, and the engine with the real client in front of it."""

from collections.abc import AsyncIterator
from contextlib import aclosing

import pytest

from gpu.modal_engine.connection import Connection
from gpu.modal_engine.engine import ModalEngine
from tests.fakes import modal_calls
from tests.fakes.modal_app import ModalApp
from tests.fakes.modal_server import TOKEN, ModalServer
from tests.fakes.vocabularies import MemoryVocabularies
from tests.gpu.engines.kicks import HURRIED, PATIENT, kick


@pytest.fixture
def app() -> ModalApp:
    """The deployed app as this project deploys it."""
    app = ModalApp()
    app.methods = {
        "generate": lambda given: modal_calls.returns(kick(seed=given["seed"])),
        "generate_kick": lambda _: modal_calls.returns(b"RIFF the older way"),
    }
    app.functions = {"describe": lambda _: modal_calls.returns({"revision": "abc123", "vocabulary": ["hit", "house"]})}
    return app


@pytest.fixture
async def server(app: ModalApp, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[ModalServer]:
    """Modal's servers; a request they do not know fails the test."""
    server = ModalServer(app)
    async with server.listen() as url:
        monkeypatch.setenv("MODAL_SERVER_URL", url)
        yield server
    assert server.unknown == []


@pytest.fixture
def vocabularies() -> MemoryVocabularies:
    """The cache, empty."""
    return MemoryVocabularies()


@pytest.fixture
async def engine(server: ModalServer, vocabularies: MemoryVocabularies) -> AsyncIterator[ModalEngine]:
    """The engine, with more patience than a busy machine needs."""
    async with aclosing(ModalEngine(Connection(*TOKEN), vocabularies, timeouts=PATIENT)) as engine:
        yield engine


@pytest.fixture
async def hurried(server: ModalServer, vocabularies: MemoryVocabularies) -> AsyncIterator[ModalEngine]:
    """The engine with deadlines cut short, for the tests that wait for them."""
    async with aclosing(ModalEngine(Connection(*TOKEN), vocabularies, timeouts=HURRIED)) as engine:
        yield engine
