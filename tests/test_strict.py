"""`KICKBOT_TEST_STRICT=1`: a skipped test is a failed one."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

SKIPPED = """
import pytest

@pytest.fixture
def absent():
    pytest.skip("no such part")

def test_skips_itself():
    pytest.skip("not now")

@pytest.mark.skip(reason="not today")
def test_is_marked():
    pass

def test_needs_a_part(absent):
    pass

def test_runs():
    pass
"""
LEFT_OUT = "import pytest\npytest.skip('not here', allow_module_level=True)\n"


def outcome(folder: Path, text: str, strict: str) -> str:
    """The last line of a run of pytest with our fixtures."""
    (folder / "test_it.py").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "tests.conftest", "-c", os.devnull, str(folder)]
    plain = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTEST_ADDOPTS": "", "NO_COLOR": "1"}
    environment = {**os.environ, **plain, "KICKBOT_TEST_STRICT": strict}
    run = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, env=environment)
    return run.stdout.splitlines()[-1]


@pytest.mark.parametrize(
    ("text", "strict", "expected"),
    [
        (SKIPPED, "0", "1 passed, 3 skipped"),
        (SKIPPED, "1", "1 failed, 1 passed, 2 errors"),
        (LEFT_OUT, "0", "1 skipped"),
        (LEFT_OUT, "1", "1 error"),
    ],
    ids=["test", "test-strict", "module", "module-strict"],
)
def test_a_skip(tmp_path: Path, text: str, strict: str, expected: str) -> None:
    assert f"{expected} in" in outcome(tmp_path, text, strict)
