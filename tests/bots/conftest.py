"""Fixtures of tests that start `kickbot` as its users do."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import postgres


@pytest.fixture
def data() -> Iterator[Path]:
    """A data folder that others may enter: where root runs the tests, the embedded PostgreSQL runs as nobody."""
    folder = Path(tempfile.mkdtemp(prefix="kickbot-", dir=postgres.quick_folder()))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)
