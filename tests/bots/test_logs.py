"""Log lines: from which level on, and as what."""

import json
import logging
from collections.abc import Iterator

import pytest

from bots import logs

LIBRARIES = ("httpx", "httpcore", "hpack", "asyncio")


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    """What logging was set to is set again."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    levels = {name: logging.getLogger(name).level for name in LIBRARIES}
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    for name, before in levels.items():
        logging.getLogger(name).setLevel(before)


def test_a_line_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up("text", logging.INFO)
    logging.getLogger("bots.here").info("%d kicks for Zoë", 2)
    logging.getLogger("bots.here").debug("too much")
    [line] = capsys.readouterr().err.splitlines()
    assert line.endswith(" INFO bots.here: 2 kicks for Zoë")


def test_a_line_for_machines(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up("json", logging.WARNING)
    logging.getLogger("bots.here").info("too much")
    logging.getLogger("bots.here").warning("two lines\nfor %s", "Zoë")
    try:
        raise ZeroDivisionError
    except ZeroDivisionError:
        logging.getLogger("bots.here").exception("it broke")
    warning, error = capsys.readouterr().err.splitlines()
    assert "Zoë" in warning
    told = json.loads(warning)
    assert told.pop("time")[-5:].lstrip("+-").isdigit(), "with its zone"
    assert told == {"level": "warning", "logger": "bots.here", "text": "two lines\nfor Zoë"}
    assert "ZeroDivisionError" in json.loads(error)["traceback"]


@pytest.mark.parametrize("name", LIBRARIES)
def test_a_library_that_logs_each_request_tells_of_troubles_only(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up("text", logging.DEBUG)
    logging.getLogger(name).info("a request")
    logging.getLogger(name).warning("a trouble")
    assert "a request" not in (told := capsys.readouterr().err)
    assert "a trouble" in told


def test_setting_up_again_replaces_what_was_set_up(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up("json", logging.INFO)
    logs.set_up("text", logging.INFO)
    logging.getLogger("bots.here").info("once")
    assert capsys.readouterr().err.count("once") == 1
