"""The vocabulary cache in memory."""

from core.vocabulary import Vocabulary


class MemoryVocabularies:
    """What each worker last told, by its name."""

    def __init__(self, kept: dict[str, Vocabulary] | None = None) -> None:
        """Start with `kept`."""
        self.kept = kept or {}

    async def get(self, worker: str) -> Vocabulary | None:
        """See `core.vocabulary.VocabularyCache`."""
        return self.kept.get(worker)

    async def put(self, worker: str, vocabulary: Vocabulary) -> None:
        """See `core.vocabulary.VocabularyCache`."""
        self.kept[worker] = vocabulary
