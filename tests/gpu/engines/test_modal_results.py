"""An order that Modal takes: from the spawn to its result, or to the reason why there is none."""

import asyncio
import math
from contextlib import aclosing

import pytest
from grpclib import Status

from core import errors
from core.engine import Progress, Rendered
from gpu.modal_engine.connection import Connection
from gpu.modal_engine.engine import ModalEngine
from tests.fakes import modal_calls
from tests.fakes.modal_app import ModalApp
from tests.fakes.modal_server import TOKEN, ModalServer
from tests.fakes.vocabularies import MemoryVocabularies
from tests.gpu.engines.kicks import AUDIO, HURRIED, ORDER, PATIENT, follow, kick, make


async def test_a_kick_comes_with_all_that_the_worker_tells(engine: ModalEngine, app: ModalApp) -> None:
    call_id = await engine.submit(ORDER)
    rendered = (await follow(engine, call_id))[-1]
    assert rendered == Rendered(AUDIO, "modal", "abc123", ("hit", "house"), ("zzz",), 7, steps=50, guidance=3.0)
    assert app.calls[call_id].function == "generate"
    assert app.calls[call_id].arguments == {
        "prompt": "hit house zzz",
        "seed": 7,
        "steps": 50,
        "cfg_scale": 3.0,
        "sampler": "ddim",
    }


async def test_a_big_result_is_fetched_from_blob_storage(
    engine: ModalEngine, app: ModalApp, server: ModalServer
) -> None:
    audio = bytes(range(256)) * 12_000
    app.methods["generate"] = lambda _: modal_calls.returns(kick(audio=audio))
    assert (await make(engine)).audio == audio
    assert "BlobGet" in server.requests


async def test_a_cold_start_is_told_as_it_goes(engine: ModalEngine, app: ModalApp) -> None:
    app.boot = 1.0
    app.methods["generate"] = lambda _: modal_calls.returns(kick(), after=1.0)
    steps = await follow(engine, await engine.submit(ORDER))
    states = [step.state for step in steps if isinstance(step, Progress)]
    assert list(dict.fromkeys(states)) == ["queued", "waking", "rendering"]
    seconds = [step.seconds for step in steps if isinstance(step, Progress)]
    assert seconds == sorted(seconds)


async def test_figures_that_do_not_come_never_delay_the_result(
    engine: ModalEngine, server: ModalServer, app: ModalApp
) -> None:
    server.silent.add("FunctionGetCurrentStats")
    app.methods["generate"] = lambda _: modal_calls.returns(kick(), after=0.3)
    steps = await follow(engine, await engine.submit(ORDER))
    assert isinstance(steps[-1], Rendered)
    assert {step.state for step in steps if isinstance(step, Progress)} == {"queued"}


async def test_another_process_goes_on_with_a_call(app: ModalApp, server: ModalServer) -> None:
    app.methods["generate"] = lambda _: modal_calls.returns(kick(), after=0.4)
    async with aclosing(ModalEngine(Connection(*TOKEN), MemoryVocabularies(), timeouts=PATIENT)) as before:
        call_id = await before.submit(ORDER)
        async with aclosing(before.updates(ORDER, call_id)) as steps:
            assert isinstance(await anext(steps), Progress)
    async with aclosing(ModalEngine(Connection(*TOKEN), MemoryVocabularies(), timeouts=PATIENT)) as after:
        assert isinstance((await follow(after, call_id))[-1], Rendered)
    assert len(app.calls) == 1
    assert not app.calls[call_id].cancelled.is_set()


@pytest.mark.parametrize(
    ("outcome", "error", "detail"),
    [
        (modal_calls.raises(ValueError("steps must be 1 to 1000")), errors.EngineFailed, "steps must be 1 to 1000"),
        (modal_calls.raises(TimeoutError("of the worker's own")), errors.EngineFailed, "of the worker's own"),
        (modal_calls.raises(SystemExit(3)), errors.EngineFailed, "SystemExit"),
        (modal_calls.raises(asyncio.CancelledError()), errors.EngineFailed, "CancelledError"),
        (modal_calls.raises_unknown_type(), errors.EngineFailed, "cannot be read here"),
        (modal_calls.times_out(), errors.EngineTimedOut, "the timeout it was deployed with"),
        (modal_calls.crashes(), errors.EngineFailed, "out of memory"),
        (modal_calls.fails_inside(), errors.EngineFailed, "Modal itself failed"),
        (modal_calls.expires(), errors.ResultGone, "no longer"),
        (modal_calls.returns("no kick"), errors.EngineFailed, "no kick"),
        (modal_calls.returns({"audio": b"RIFF"}), errors.EngineFailed, "matched Field required"),
    ],
)
async def test_every_end_without_a_kick_has_a_name_and_a_line_for_the_operator(
    engine: ModalEngine, app: ModalApp, outcome: modal_calls.Outcome, error: type[errors.KickbotError], detail: str
) -> None:
    app.methods["generate"] = lambda _: outcome
    call_id = await engine.submit(ORDER)
    with pytest.raises(error) as caught:
        await follow(engine, call_id)
    assert type(caught.value) is error
    assert detail in caught.value.detail
    assert "\n" not in caught.value.detail


async def test_a_call_that_modal_does_not_know_is_rendered_again(engine: ModalEngine) -> None:
    with pytest.raises(errors.ResultGone):
        await follow(engine, "fc-of-another-workspace")


async def test_an_order_on_modal_always_has_a_call_id(engine: ModalEngine) -> None:
    with pytest.raises(errors.ResultGone):
        await follow(engine, None)


async def test_a_call_that_takes_too_long_is_stopped(hurried: ModalEngine, app: ModalApp) -> None:
    app.methods["generate"] = lambda _: modal_calls.never()
    call_id = await hurried.submit(ORDER)
    with pytest.raises(errors.EngineTimedOut, match="took too long"):
        await follow(hurried, call_id)
    assert app.calls[call_id].cancelled.is_set()


async def test_a_cancelled_call_ends_as_cancelled(engine: ModalEngine, app: ModalApp) -> None:
    app.methods["generate"] = lambda _: modal_calls.never()
    call_id = await engine.submit(ORDER)
    async with aclosing(engine.updates(ORDER, call_id)) as steps:
        await anext(steps)
        await engine.cancel(call_id)
        with pytest.raises(errors.Cancelled):
            await anext(steps)


async def test_a_call_that_another_process_cancelled_has_failed(engine: ModalEngine, app: ModalApp) -> None:
    app.methods["generate"] = lambda _: modal_calls.never()
    call_id = await engine.submit(ORDER)
    app.calls[call_id].cancel()
    with pytest.raises(errors.EngineFailed):
        await follow(engine, call_id)


async def test_cancelling_never_fails(engine: ModalEngine, server: ModalServer) -> None:
    server.refusals["FunctionCallCancel"] = Status.PERMISSION_DENIED
    await engine.cancel(await engine.submit(ORDER))
    await engine.cancel(None)


async def test_trouble_on_the_line_is_waited_out(engine: ModalEngine, server: ModalServer, app: ModalApp) -> None:
    call_id = await engine.submit(ORDER)
    server.refusals["FunctionGetOutputs"] = Status.RESOURCE_EXHAUSTED
    async with aclosing(engine.updates(ORDER, call_id)) as steps:
        for _ in range(3):
            assert isinstance(await anext(steps), Progress)
        del server.refusals["FunctionGetOutputs"]
        assert isinstance([step async for step in steps][-1], Rendered)


async def test_a_line_that_is_down_is_asked_at_the_pace_of_a_working_one(
    hurried: ModalEngine, server: ModalServer
) -> None:
    call_id = await hurried.submit(ORDER)
    server.refusals["FunctionGetOutputs"] = Status.RESOURCE_EXHAUSTED
    with pytest.raises(errors.EngineTimedOut) as caught:
        await follow(hurried, call_id)
    assert "the spending limit on Modal is used up" in caught.value.detail, "the operator reads what the trouble was"
    looks = math.ceil(HURRIED.result / HURRIED.look) + 1
    assert 2 < server.requests.count("FunctionGetOutputs") <= looks


async def test_a_silent_modal_ends_at_the_deadline(hurried: ModalEngine, server: ModalServer) -> None:
    call_id = await hurried.submit(ORDER)
    server.silent |= {"FunctionGetOutputs", "FunctionCallCancel"}
    with pytest.raises(errors.EngineTimedOut) as caught:
        await follow(hurried, call_id)
    assert "Modal cannot be reached" in caught.value.detail


async def test_leaving_the_updates_leaves_the_call_alone(engine: ModalEngine, app: ModalApp) -> None:
    app.methods["generate"] = lambda _: modal_calls.never()
    call_id = await engine.submit(ORDER)

    following = asyncio.create_task(follow(engine, call_id))
    await asyncio.sleep(0.3)
    following.cancel()
    with pytest.raises(asyncio.CancelledError):
        await following
    assert not app.calls[call_id].cancelled.is_set()
