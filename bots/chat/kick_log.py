"""One line in the log for each kick that a process has delivered, or tried to."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from logging import getLogger

from core.jobs import Job
from core.people import Place

log = getLogger(__name__)


@dataclass(slots=True)
class Line:
    """What became of a kick, and the engine that made it or was to."""

    engine: str
    outcome: str = "left to the next process"


@contextmanager
def line(job: Job, engine: str) -> Iterator[Line]:
    """Log the line at the end of the block. What somebody has typed, and who it was, is not in it."""
    begun, told = time.monotonic(), Line(engine)
    try:
        yield told
    finally:
        place, seconds = job.address.place, time.monotonic() - begun
        log.info(
            "kick %d on %s in %s by %s: %s after %.1f s",
            job.id, place.platform, _where(place), told.engine, told.outcome, seconds,
        )  # fmt: skip


def _where(place: Place) -> str:
    return "a private conversation" if place.private else f"{place.id}/{place.channel}"
