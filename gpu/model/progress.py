"""Telling how a download goes."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Progress:
    """How many bytes of a file have come, of how many."""

    file: str
    done: int
    total: int


class Bar:
    """What `huggingface_hub` takes for a tqdm bar, handing the figures on instead of drawing them.

    From the hub's newer storage one file comes under two bars, bytes received and bytes written; both tell of the file.
    """

    format_dict: dict[str, Any] = {}  # noqa: RUF012  # read by the library, never written

    def __init__(
        self, file: str, report: Callable[[Progress], None], *, total: int | None = None, initial: int = 0, **_: object
    ) -> None:
        """Begin at `initial` bytes; how the bar should look does not matter."""
        self.n = initial
        self.total = total
        self._file = file
        self._size = total or 0
        self._report = report

    def update(self, n: float | None = 1) -> None:
        """Count `n` more bytes, or fewer where a part of the file has to come again."""
        self.n += int(n or 0)
        self._report(Progress(self._file, self.n, max(self._size, self.n)))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Leave nothing behind."""

    def close(self) -> None:
        """Nothing is drawn."""

    def refresh(self) -> None:
        """Nothing is drawn."""

    def set_postfix_str(self, text: str, refresh: bool = True) -> None:
        """Nothing is drawn."""
