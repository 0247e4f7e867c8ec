"""The engine that runs the model in this process, before a model of the tests' own."""

import asyncio
import io
import threading
from collections.abc import AsyncIterator
from contextlib import aclosing

import pytest
import soundfile

from core import errors
from core.engine import Order, Progress, Rendered
from gpu.engines.diffusion import DiffusionEngine, Limits
from gpu.model.kick import Request
from tests.fakes.model import FakeModel
from tests.gpu.engines.kicks import ORDER, follow, make


@pytest.fixture
def model() -> FakeModel:
    """A model whose gate is closed."""
    return FakeModel(gate=False)


@pytest.fixture
async def engine(model: FakeModel) -> AsyncIterator[DiffusionEngine]:
    """The engine with room for two."""
    async with aclosing(DiffusionEngine(lambda: model, limits=Limits(waiting=2), tick=0.02)) as engine:
        yield engine
        model.gate.set()


async def begin(engine: DiffusionEngine, order: Order = ORDER) -> asyncio.Task[list[Progress | Rendered]]:
    """Follow an order; it is submitted when this returns."""
    await engine.submit(order)
    following = asyncio.create_task(follow(engine, None))
    await asyncio.sleep(0.05)
    return following


async def test_a_kick_says_how_it_was_made(engine: DiffusionEngine, model: FakeModel) -> None:
    model.gate.set()
    rendered = await make(engine)
    assert (rendered.engine, rendered.revision, rendered.seed) == ("diffusion", "fake-1", 7)
    assert (rendered.matched, rendered.ignored) == (("hit", "house"), ("zzz",))
    assert (rendered.steps, rendered.guidance) == (50, 3.0)
    assert model.batches == [([Request("hit house zzz", 7, 3.0)], 50, "ddim")]
    samples, rate = soundfile.read(io.BytesIO(rendered.audio))
    assert (len(samples), rate) == (88_200, 44_100)


async def test_the_model_is_loaded_once_however_many_ask(model: FakeModel) -> None:
    loads: list[str] = []

    def load() -> FakeModel:
        loads.append(threading.current_thread().name)
        return model

    async with aclosing(DiffusionEngine(load)) as engine:
        engine.start()
        words = await asyncio.gather(*(engine.vocabulary() for _ in range(5)))
    assert words == [frozenset({"deep", "hit", "house"})] * 5
    assert len(loads) == 1
    assert loads != [threading.main_thread().name]


async def test_orders_wait_their_turn_and_are_told_so(engine: DiffusionEngine, model: FakeModel) -> None:
    first, second = await begin(engine), await begin(engine)
    model.gate.set()
    states = [[step.state for step in await task if isinstance(step, Progress)] for task in (first, second)]
    assert states[0][-1] == "rendering"
    assert states[1][0] == "queued"


async def test_a_full_queue_is_a_clear_refusal(engine: DiffusionEngine, model: FakeModel) -> None:
    tasks = [await begin(engine) for _ in range(3)]
    with pytest.raises(errors.EngineBusy, match="queue of 2 kicks"):
        await engine.submit(ORDER)
    with pytest.raises(errors.EngineBusy):
        await follow(engine, None)
    model.gate.set()
    assert all(isinstance(steps[-1], Rendered) for steps in await asyncio.gather(*tasks))


async def test_leaving_the_updates_drops_an_order_that_waits(engine: DiffusionEngine, model: FakeModel) -> None:
    first, second = await begin(engine), await begin(engine)
    second.cancel()
    with pytest.raises(asyncio.CancelledError):
        await second
    model.gate.set()
    await first
    assert len(model.batches) == 1


async def test_leaving_the_updates_lets_a_kick_that_is_made_end_alone(
    engine: DiffusionEngine, model: FakeModel
) -> None:
    first = await begin(engine)
    first.cancel()
    with pytest.raises(asyncio.CancelledError):
        await first
    model.gate.set()
    assert isinstance(await make(engine), Rendered)


async def test_a_failure_of_the_model_is_named(engine: DiffusionEngine, model: FakeModel) -> None:
    model.gate.set()
    with pytest.raises(errors.EngineFailed) as caught:
        async with aclosing(engine.updates(Order("broken", 1), None)) as steps:
            _ = [step async for step in steps]
    assert "a word broke the model" in caught.value.detail


async def test_a_model_that_cannot_be_loaded_is_tried_again(model: FakeModel) -> None:
    faults = [OSError("no such file")]
    model.gate.set()

    def load() -> FakeModel:
        if faults:
            raise faults.pop()
        return model

    async with aclosing(DiffusionEngine(load)) as engine:
        with pytest.raises(errors.EngineRefused) as caught:
            await engine.submit(ORDER)
        assert "no such file" in caught.value.detail
        assert isinstance(await make(engine), Rendered)


async def test_closing_ends_what_is_made_and_refuses_what_waits(model: FakeModel) -> None:
    engine = DiffusionEngine(lambda: model, tick=0.02)
    first, second = await begin(engine), await begin(engine)
    threading.Timer(0.1, model.gate.set).start()
    await engine.aclose()
    assert isinstance((await first)[-1], Rendered)
    with pytest.raises(errors.EngineRefused) as caught:
        await second
    assert "closed" in caught.value.detail


async def test_on_a_gpu_waiting_orders_share_a_batch(model: FakeModel) -> None:
    async with aclosing(DiffusionEngine(lambda: model, limits=Limits(at_once=4), tick=0.02)) as engine:
        tasks = [await begin(engine) for _ in range(4)]
        model.gate.set()
        await asyncio.gather(*tasks)
    assert [len(requests) for requests, _, _ in model.batches] == [1, 3]
