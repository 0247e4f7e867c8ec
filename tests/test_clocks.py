"""Nothing is deleted, ended or let live by a process's clock, which may be wrong: the database tells the time.

A process does say on which day a kick counts, and which day's count goes along where accounts are joined or parted.
"""

import ast
from collections.abc import Iterator

from tests.test_dependencies import sources, text

OF_A_PROCESS = {
    "core/days.py": "is where the time is asked for",
    "core/accounts/accounts.py": "the day of the count",
    "core/library/library.py": "when a preset was made, as is shown",
    "core/library/presets.py": "when a preset was renamed, as is shown",
    "core/library/sharing.py": "by what lists are ordered",
    "core/making/studio.py": "the day of the count",
    "db/jobs.py": "when the count starts again, as is told",
    "db/accounts/people.py": "the day of the count",
}


def test_only_these_ask_the_process_for_the_time() -> None:
    asking = {file for package in ("core", "db") for file in sources(package) if any(_clocks(file))}
    assert asking == OF_A_PROCESS.keys()


def _clocks(file: str) -> Iterator[str]:
    """Where the file names `days.now`, `datetime.now`, `date.today`, `time.time` or their like."""
    for node in ast.walk(ast.parse(text(file))):
        match node:
            case ast.Attribute(value=ast.Name(id="days" | "datetime" | "date" | "time"), attr=name):
                if name in ("now", "utcnow", "today", "time", "time_ns"):
                    yield name
