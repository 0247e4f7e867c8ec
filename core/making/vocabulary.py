"""The words that a worker's model knows, and the port behind which they are kept between starts."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words, lower-case, that steer the model at that revision."""

    revision: str
    words: frozenset[str]


class VocabularyCache(Protocol):
    """Keeps what each worker last told. Each may raise `errors.DatabaseUnavailable`."""

    async def get(self, worker: str) -> Vocabulary | None:
        """What was last kept for the worker of that name."""

    async def put(self, worker: str, vocabulary: Vocabulary) -> None:
        """Keep `vocabulary` for that worker in place of an earlier one."""
