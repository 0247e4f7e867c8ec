"""Keeping the deployed worker awake, and what it costs."""

import pytest

from core import errors
from gpu.engines import warming
from gpu.modal_engine.engine import ModalEngine
from tests.fakes.modal_app import ModalApp
from tests.fakes.modal_server import ModalServer


async def test_one_container_is_kept_until_it_is_cooled(engine: ModalEngine, app: ModalApp) -> None:
    warmer = warming.Warmer(engine)
    await warmer.warm()
    assert app.min_containers == 1
    await warmer.cool()
    assert app.min_containers == 0


async def test_warming_starts_no_call(engine: ModalEngine, app: ModalApp) -> None:
    await warming.Warmer(engine).warm()
    assert app.calls == {}


async def test_a_new_deployment_can_be_warmed_too(engine: ModalEngine, app: ModalApp) -> None:
    warmer = warming.Warmer(engine)
    await warmer.warm()
    app.redeploy()
    app.min_containers = None
    await warmer.warm()
    assert app.min_containers == 1


async def test_a_modal_that_refuses_says_why(engine: ModalEngine, app: ModalApp, server: ModalServer) -> None:
    app.methods = {}
    with pytest.raises(errors.EngineRefused) as caught:
        await warming.Warmer(engine).warm()
    assert "modal deploy" in caught.value.detail


def test_two_hours_of_a_t4_cost_little_more_than_a_dollar() -> None:
    assert warming.cost(2) == pytest.approx(2 * 3600 * (0.000164 + 0.0000131 + 2 * 0.00000222))
    assert warming.cost(2, warming.Prices(gpu=0.001, core=0, gib=0)) == pytest.approx(7.2)
    assert warming.cost(1, container=warming.Container(cores=0, gib=0)) == pytest.approx(0.5904)
