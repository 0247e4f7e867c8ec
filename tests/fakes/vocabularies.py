"""The vocabulary cache in memory."""

import asyncio

from core.making.vocabulary import Vocabulary


class MemoryVocabularies:
    """What each worker last told, by its name; `told` is set when one has told something."""

    def __init__(self, kept: dict[str, Vocabulary] | None = None) -> None:
        """Start with `kept`."""
        self.kept = kept or {}
        self.told = asyncio.Event()

    async def get(self, worker: str) -> Vocabulary | None:
        """See `core.making.vocabulary.VocabularyCache`."""
        return self.kept.get(worker)

    async def put(self, worker: str, vocabulary: Vocabulary) -> None:
        """See `core.making.vocabulary.VocabularyCache`."""
        self.kept[worker] = vocabulary
        self.told.set()
