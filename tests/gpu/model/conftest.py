"""Fixtures of the model's tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import torch

from gpu.pipeline import Pipeline
from tests.gpu.model.published import Training


@pytest.fixture(scope="session", autouse=True)
def one_thread() -> Iterator[None]:
    """Tests run side by side, and threads that wait for each other on a busy machine lose their turns by the dozen."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="session")
def published_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as it comes from the hub."""
    return Training().write(tmp_path_factory.mktemp("published"))


@pytest.fixture(scope="session")
def pipeline(published_folder: Path) -> Pipeline:
    """The published model on the CPU."""
    return Pipeline.from_published(published_folder)
