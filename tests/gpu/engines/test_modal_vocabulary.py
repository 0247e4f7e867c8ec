"""The words of the deployed model: asked without waking a GPU, kept between starts, renewed with the model."""

import asyncio
from contextlib import aclosing

from core.making.vocabulary import Vocabulary
from gpu import deployed
from gpu.modal_engine.connection import Connection
from gpu.modal_engine.engine import ModalEngine
from tests.fakes import modal_calls
from tests.fakes.modal_app import ModalApp
from tests.fakes.modal_server import TOKEN, ModalServer
from tests.fakes.vocabularies import MemoryVocabularies
from tests.gpu.engines.kicks import HURRIED, PATIENT, kick, make

WORDS = frozenset({"hit", "house"})


async def test_the_worker_is_asked_once_and_its_words_are_kept(
    engine: ModalEngine, app: ModalApp, vocabularies: MemoryVocabularies
) -> None:
    assert await engine.vocabulary() == WORDS
    assert await engine.vocabulary() == WORDS
    assert [call.function for call in app.calls.values()] == ["describe"]
    assert vocabularies.kept == {deployed.APP: Vocabulary("abc123", WORDS)}


async def test_kept_words_are_there_while_the_worker_is_silent(server: ModalServer, app: ModalApp) -> None:
    app.functions["describe"] = lambda _: modal_calls.never()
    kept = MemoryVocabularies({deployed.APP: Vocabulary("old", WORDS)})
    async with aclosing(ModalEngine(Connection(*TOKEN), kept, timeouts=PATIENT)) as engine:
        async with asyncio.timeout(PATIENT.connect / 2):
            assert await engine.vocabulary() == WORDS


async def test_kept_words_are_renewed_behind(server: ModalServer, app: ModalApp) -> None:
    app.functions["describe"] = lambda _: modal_calls.returns({"revision": "new", "vocabulary": ["techno"]}, after=0.1)
    kept = MemoryVocabularies({deployed.APP: Vocabulary("old", WORDS)})
    async with aclosing(ModalEngine(Connection(*TOKEN), kept, timeouts=PATIENT)) as engine:
        assert await engine.vocabulary() == WORDS
        await kept.told.wait()
        assert await engine.vocabulary() == frozenset({"techno"})


async def test_an_older_app_has_no_words_and_is_not_asked_again_and_again(
    engine: ModalEngine, app: ModalApp, server: ModalServer
) -> None:
    app.functions = {}
    assert await engine.vocabulary() is None
    assert await engine.vocabulary() is None
    assert server.requests.count("FunctionGet") == 1


async def test_a_slow_answer_is_not_waited_for_but_kept(
    hurried: ModalEngine, app: ModalApp, vocabularies: MemoryVocabularies
) -> None:
    app.functions["describe"] = lambda _: modal_calls.returns(
        {"revision": "abc123", "vocabulary": ["hit", "house"]}, after=1.5
    )
    assert await hurried.vocabulary() is None
    await vocabularies.told.wait()
    assert await hurried.vocabulary() == WORDS


async def test_only_the_first_waits_for_a_silent_worker(hurried: ModalEngine, app: ModalApp) -> None:
    app.functions["describe"] = lambda _: modal_calls.never()
    first = asyncio.create_task(hurried.vocabulary())
    await asyncio.sleep(0.05)
    async with asyncio.timeout(HURRIED.words / 2):
        assert await hurried.vocabulary() is None
    assert await first is None


async def test_an_answer_that_is_no_vocabulary_is_none(engine: ModalEngine, app: ModalApp) -> None:
    app.functions["describe"] = lambda _: modal_calls.returns(["hit"])
    assert await engine.vocabulary() is None


async def test_a_kick_of_another_revision_renews_the_words(
    engine: ModalEngine, app: ModalApp, vocabularies: MemoryVocabularies
) -> None:
    assert await engine.vocabulary() == WORDS
    app.methods["generate"] = lambda _: modal_calls.returns(kick(revision="def456"))
    app.functions["describe"] = lambda _: modal_calls.returns({"revision": "def456", "vocabulary": ["techno"]})
    await make(engine)
    assert await engine.vocabulary() == frozenset({"techno"})
    assert vocabularies.kept[deployed.APP].revision == "def456"


async def test_a_worker_that_contradicts_itself_is_not_asked_after_every_kick(
    engine: ModalEngine, app: ModalApp
) -> None:
    app.methods["generate"] = lambda _: modal_calls.returns(kick(revision="another"))
    assert await engine.vocabulary() == WORDS
    await make(engine)
    assert await engine.vocabulary() == WORDS
    await make(engine)
    assert await engine.vocabulary() is None
    assert [call.function for call in app.calls.values()].count("describe") == 2
