"""A kick all the way: the engine, Modal's client, the protocol, the worker, the model."""

import io
from contextlib import aclosing
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from core.engine import Order, Rendered
from gpu import worker
from gpu.engines.diffusion import DiffusionEngine
from gpu.engines.sampling import Sampling
from gpu.modal_engine.connection import Connection
from gpu.modal_engine.engine import ModalEngine
from gpu.pipeline import Pipeline
from tests.fakes import modal_calls
from tests.fakes.modal_app import ModalApp
from tests.fakes.modal_server import TOKEN, ModalServer
from tests.fakes.vocabularies import MemoryVocabularies
from tests.gpu.worker.conftest import REVISION

pytestmark = pytest.mark.filterwarnings("ignore:The .* function is executing locally:UserWarning")

ORDER = Order("hit house zzz", 123)
QUICK = Sampling(steps=1)


async def kick_of(engine: ModalEngine | DiffusionEngine) -> Rendered:
    """What the engine makes of the order."""
    call_id = await engine.submit(ORDER)
    async with aclosing(engine.updates(ORDER, call_id)) as steps:
        rendered = [step async for step in steps][-1]
    assert isinstance(rendered, Rendered)
    return rendered


@pytest.fixture
def app(generator: Any) -> ModalApp:
    """A deployment whose container runs the worker's own methods."""
    app = ModalApp()
    app.methods["generate"] = lambda given: modal_calls.returns(generator.generate.local(**given))
    app.functions["describe"] = lambda given: modal_calls.returns(worker.describe.local(**given))
    return app


async def test_modal_and_this_process_make_the_same_kick(
    app: ModalApp, filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = ModalServer(app)
    async with server.listen() as url:
        monkeypatch.setenv("MODAL_SERVER_URL", url)
        async with aclosing(ModalEngine(Connection(*TOKEN), MemoryVocabularies(), sampling=QUICK)) as remote:
            words = await remote.vocabulary()
            there = await kick_of(remote)
    assert server.unknown == []

    file = filled / "zhinit--kick-gen-v1@main.safetensors"
    async with aclosing(DiffusionEngine(lambda: Pipeline.load(file), sampling=QUICK)) as local:
        assert await local.vocabulary() == words
        here = await kick_of(local)

    assert (there.engine, here.engine) == ("modal", "diffusion")
    assert there.revision == here.revision == REVISION
    assert there.seed == here.seed == ORDER.seed
    assert (there.matched, there.ignored) == (here.matched, here.ignored) == (("hit", "house"), ("zzz",))
    first, second = (soundfile.read(io.BytesIO(rendered.audio))[0] for rendered in (there, here))
    np.testing.assert_allclose(first, second, atol=1e-5)
