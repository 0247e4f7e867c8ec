"""The lines that were typed before, kept in a file."""

from collections.abc import Iterable
from logging import getLogger

from prompt_toolkit.history import FileHistory

log = getLogger(__name__)


class KeptHistory(FileHistory):
    """Goes on without the file where that cannot be read or written, which is told once."""

    told = False

    def load_history_strings(self) -> Iterable[str]:
        """The lines, the newest first."""
        try:
            return list(super().load_history_strings())
        except OSError as error:
            self._tell(error)
            return []

    def store_string(self, string: str) -> None:
        """Keep the line; what was typed in another encoding than the terminal's is kept as question marks."""
        try:
            super().store_string(string.encode("utf-8", "replace").decode("utf-8"))
        except OSError as error:
            self._tell(error)

    def _tell(self, error: OSError) -> None:
        if not self.told:
            log.warning("what is typed here is not kept for next time: %s: %s", self.filename, error.strerror)
        self.told = True
