"""How long Modal is waited for."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Patience:
    """In seconds: to connect and hand an order over, to the result, for one look at it, for figures, for words."""

    connect: float = 10
    result: float = 180
    look: float = 1
    figures: float = 2
    words: float = 3
