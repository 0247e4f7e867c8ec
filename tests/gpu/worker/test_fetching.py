"""The first start: the model comes from the hub and stays on the volume."""

from pathlib import Path

import pytest

from gpu import worker
from gpu.model import published
from tests.fakes.hub import Hub
from tests.gpu.model.published import Training
from tests.gpu.worker.conftest import REVISION

pytestmark = pytest.mark.filterwarnings("ignore:The .* function is executing locally:UserWarning")


def test_the_model_is_fetched_converted_and_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    training = Training().write(tmp_path / "training")
    files = {name: (training / name).read_bytes() for name in published.FILES}
    monkeypatch.setenv("KICKBOT_WORKER_CACHE", str(tmp_path / "volume"))
    monkeypatch.setenv("KICKBOT_WORKER_MODEL", "someone/else")
    monkeypatch.setenv("KICKBOT_WORKER_REVISION", "main")
    with Hub("someone/else", REVISION, files).running() as hub:
        monkeypatch.setenv("KICKBOT_WORKER_HUB", hub.endpoint)
        first = worker.describe.local()
        asked = len(hub.asked)
        assert worker.describe.local() == first
        assert len(hub.asked) == asked
    assert first["revision"] == REVISION
    assert [file.name for file in (tmp_path / "volume").iterdir()] == ["someone--else@main.safetensors"]
