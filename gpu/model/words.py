"""Reading a prompt: which of its words the model knows."""

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """A prompt's words, lower-case, in order and with repetitions: those that steer the sound and the others."""

    matched: tuple[str, ...]
    ignored: tuple[str, ...]


def read(prompt: str, vocabulary: Collection[str]) -> Words:
    """Split at white space and commas, as in training."""
    words = prompt.replace(",", " ").lower().split()
    return Words(
        matched=tuple(word for word in words if word in vocabulary),
        ignored=tuple(word for word in words if word not in vocabulary),
    )
