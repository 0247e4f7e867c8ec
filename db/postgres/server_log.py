"""What an embedded server writes into its log while it starts."""

import re
from pathlib import Path

TROUBLE = re.compile(r"\b(?:FATAL|PANIC|ERROR): .*")


class ServerLog:
    """The log at `path`, of which only what is written from now on counts."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._begin = path.stat().st_size if path.exists() else 0

    def trouble(self) -> str | None:
        """The last line that tells of an error, else the last one; None where nothing was written."""
        if not self.path.is_file():
            return None
        with self.path.open("rb") as file:
            file.seek(self._begin)
            lines = file.read().decode(errors="replace").splitlines()
        told = [found[0] for line in lines if (found := TROUBLE.search(line))]
        return " ".join((told or lines or [""])[-1].split()) or None
