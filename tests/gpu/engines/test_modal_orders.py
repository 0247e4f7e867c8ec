"""Orders that Modal does not take, or that an older or a newer deployment takes."""

import time
from contextlib import aclosing

import pytest
from grpclib import Status

from core import errors
from core.engine import Rendered
from gpu.engines.sampling import Sampling
from gpu.modal_engine.connection import Connection
from gpu.modal_engine.deployment import Deployment
from gpu.modal_engine.engine import ModalEngine
from tests.fakes import modal_calls
from tests.fakes.modal_app import ModalApp
from tests.fakes.modal_server import TOKEN, ModalServer
from tests.fakes.vocabularies import MemoryVocabularies
from tests.gpu.engines.kicks import HURRIED, ORDER, PATIENT, follow, kick, make


async def refusal(engine: ModalEngine) -> errors.EngineRefused:
    """Why the engine takes no order."""
    with pytest.raises(errors.EngineRefused) as caught:
        await engine.submit(ORDER)
    return caught.value


async def test_a_bad_token_is_the_operators_to_mend(server: ModalServer) -> None:
    connection = Connection(TOKEN[0], "as-wrong")
    async with aclosing(ModalEngine(connection, MemoryVocabularies(), timeouts=PATIENT)) as engine:
        error = await refusal(engine)
    assert "MODAL_TOKEN_SECRET" in error.detail
    assert "Token validation failed" in error.detail
    assert "MODAL" not in str(error)


async def test_a_missing_app_says_how_to_deploy_it(engine: ModalEngine, app: ModalApp) -> None:
    app.methods = {}
    assert "modal deploy -m gpu.worker" in (await refusal(engine)).detail


async def test_a_class_of_another_kind_is_refused(engine: ModalEngine, app: ModalApp) -> None:
    app.methods = {"something_else": lambda _: modal_calls.returns(None)}
    assert "modal deploy -m gpu.worker" in (await refusal(engine)).detail


async def test_a_spent_quota_is_named(engine: ModalEngine, server: ModalServer) -> None:
    server.refusals["FunctionMap"] = Status.RESOURCE_EXHAUSTED
    assert "spending limit" in (await refusal(engine)).detail


async def test_an_unreachable_modal_is_given_up_soon_and_found_again(
    app: ModalApp, server: ModalServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with server.listen() as gone:
        port = int(gone.rpartition(":")[2])
    monkeypatch.setenv("MODAL_SERVER_URL", gone)
    async with aclosing(ModalEngine(Connection(*TOKEN), MemoryVocabularies(), timeouts=HURRIED)) as engine:
        began = time.monotonic()
        assert "cannot be reached" in (await refusal(engine)).detail
        assert time.monotonic() - began < 5
        async with server.listen(port):
            assert isinstance(await make(engine), Rendered)


async def test_a_server_that_goes_while_a_kick_is_made_is_waited_for(
    app: ModalApp, server: ModalServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    app.methods["generate"] = lambda _: modal_calls.returns(kick(), after=0.3)
    async with aclosing(ModalEngine(Connection(*TOKEN), MemoryVocabularies(), timeouts=PATIENT)) as engine:
        async with server.listen() as first:
            monkeypatch.setenv("MODAL_SERVER_URL", first)
            call_id = await engine.submit(ORDER)
        async with aclosing(engine.updates(ORDER, call_id)) as steps:
            await anext(steps)
            await anext(steps)
            async with server.listen(int(first.rpartition(":")[2])):
                assert isinstance([step async for step in steps][-1], Rendered)


async def test_a_silent_modal_is_given_up_at_the_deadline(hurried: ModalEngine, server: ModalServer) -> None:
    server.silent.add("ClassGet")
    assert "cannot be reached" in (await refusal(hurried)).detail


async def test_an_older_class_makes_kicks_without_seed_and_words(engine: ModalEngine, app: ModalApp) -> None:
    del app.methods["generate"]
    rendered = await make(engine)
    assert rendered == Rendered(b"RIFF the older way", "modal", "unknown", None, None, None, steps=50, guidance=3.0)
    assert [(call.function, call.arguments) for call in app.calls.values()] == [
        ("generate_kick", {"prompt": "hit house zzz", "steps": 50, "cfg_scale": 3.0})
    ]


async def test_the_app_is_looked_up_once(engine: ModalEngine, server: ModalServer) -> None:
    await make(engine)
    await make(engine)
    assert [name for name in server.requests if name in {"ClassGet", "FunctionGet"}] == ["ClassGet", "FunctionGet"]


async def test_a_look_up_of_long_ago_is_not_trusted(server: ModalServer) -> None:
    connection = Connection(*TOKEN)
    try:
        deployment = Deployment(connection, max_age=0)
        for number in (1, 2):
            await deployment.spawn(ORDER, Sampling())
            assert server.requests.count("ClassGet") == number
    finally:
        await connection.close()


async def test_a_new_deployment_is_found(engine: ModalEngine, app: ModalApp) -> None:
    generate = app.methods.pop("generate")
    assert (await make(engine)).seed is None
    app.methods["generate"] = generate
    app.redeploy()
    assert (await make(engine)).seed == 7


async def test_a_kick_under_way_survives_a_new_deployment(engine: ModalEngine, app: ModalApp) -> None:
    app.methods["generate"] = lambda _: modal_calls.returns(kick(), after=0.3)
    call_id = await engine.submit(ORDER)
    app.redeploy()
    assert isinstance((await follow(engine, call_id))[-1], Rendered)
