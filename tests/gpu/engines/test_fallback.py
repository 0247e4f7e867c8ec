"""The engine that steps in."""

import pytest

from core import errors
from core.engine import Order, Rendered
from gpu.engines.fallback import FallbackEngine
from gpu.modal_engine.engine import ModalEngine
from tests.fakes.engine import FakeEngine
from tests.fakes.modal_app import ModalApp
from tests.fakes.modal_server import ModalServer
from tests.gpu.engines.kicks import ORDER, follow, make


def refuse(_: Order) -> bytes:
    """Make no kick."""
    raise errors.EngineRefused(detail="closed")


class Closed(FakeEngine):
    """Takes no orders, and makes no kick that was ordered before."""

    async def submit(self, order: Order) -> str | None:
        raise errors.EngineRefused(detail="closed")


@pytest.fixture
def local() -> FakeEngine:
    return FakeEngine(name="synth")


async def test_the_primary_makes_what_it_takes(local: FakeEngine) -> None:
    primary = FakeEngine(name="modal", with_calls=True)
    engine = FallbackEngine(primary, local)
    call_id = await engine.submit(ORDER)
    assert call_id == "call-1"
    rendered = (await follow(engine, call_id))[-1]
    assert isinstance(rendered, Rendered)
    assert (rendered.engine, local.submitted) == ("modal", [])


async def test_the_local_engine_makes_what_the_primary_refuses_and_says_so(local: FakeEngine) -> None:
    engine = FallbackEngine(Closed(name="modal"), local)
    assert await engine.submit(ORDER) is None
    rendered = (await follow(engine, None))[-1]
    assert isinstance(rendered, Rendered)
    assert (rendered.engine, rendered.seed) == ("synth", ORDER.seed)
    assert engine.name == "modal"


async def test_a_call_whose_primary_has_closed_since_is_made_here(local: FakeEngine) -> None:
    primary = Closed(name="modal", calls={"call-of-before": ORDER}, render=refuse)
    rendered = (await follow(FallbackEngine(primary, local), "call-of-before"))[-1]
    assert isinstance(rendered, Rendered)
    assert rendered.engine == "synth"
    assert local.submitted == [ORDER]


async def test_a_kick_that_fails_is_not_tried_elsewhere(local: FakeEngine) -> None:
    def fail(_: Order) -> bytes:
        raise errors.EngineFailed

    engine = FallbackEngine(FakeEngine(name="modal", with_calls=True, render=fail), local)
    with pytest.raises(errors.EngineFailed):
        await follow(engine, await engine.submit(ORDER))
    assert local.submitted == []


async def test_a_result_that_is_gone_is_told(local: FakeEngine) -> None:
    engine = FallbackEngine(FakeEngine(name="modal", with_calls=True, lost={"call-9"}), local)
    with pytest.raises(errors.ResultGone):
        await follow(engine, "call-9")


async def test_cancelling_goes_where_the_order_is(local: FakeEngine) -> None:
    primary = FakeEngine(name="modal", with_calls=True)
    engine = FallbackEngine(primary, local)
    await engine.cancel("call-1")
    await engine.cancel(None)
    assert (primary.cancelled, local.cancelled) == (["call-1"], [None])


async def test_words_are_the_primarys(local: FakeEngine) -> None:
    primary = FakeEngine(words=frozenset({"rare"}))
    assert await FallbackEngine(primary, local).vocabulary() == frozenset({"rare"})


async def test_a_modal_without_the_app_is_stepped_in_for(
    engine: ModalEngine, app: ModalApp, server: ModalServer, local: FakeEngine
) -> None:
    app.methods = {}
    assert (await make(FallbackEngine(engine, local))).engine == "synth"


async def test_a_prompt_that_the_local_engine_knows_nothing_of_is_no_random_kick(local: FakeEngine) -> None:
    with pytest.raises(errors.NoKnownWord):
        await FallbackEngine(Closed(name="modal"), local).submit(Order("wobble", 1))
    assert local.submitted == []
