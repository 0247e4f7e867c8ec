"""The worker as Modal runs it locally, on the stand-in model."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import torch

from gpu import worker
from gpu.model import conversion
from tests.gpu.model.published import Training

REVISION = "0123456789abcdef0123456789abcdef01234567"


@pytest.fixture(scope="session", autouse=True)
def one_thread() -> Iterator[None]:
    """Tests run side by side on few cores."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A volume on which the model lies already."""
    folder = tmp_path_factory.mktemp("cache")
    published = Training().write(tmp_path_factory.mktemp("published"))
    conversion.convert(published, folder / "zhinit--kick-gen-v1@main.safetensors", revision=REVISION)
    return folder


@pytest.fixture(scope="session")
def cache(filled: Path) -> Iterator[Path]:
    """That volume, where the worker looks for it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KICKBOT_WORKER_CACHE", str(filled))
        yield filled


@pytest.fixture(scope="session")
def generator(cache: Path) -> Any:
    """One container of the worker: its methods' `.local()` runs them here, with what Modal runs before the first."""
    return worker.KickGenerator()
