"""Names that are taken get a number."""

from collections.abc import Container
from itertools import count

LONGEST = 32


def numbered(name: str, taken: Container[str], longest: int = LONGEST) -> str:
    """`name` with the first number from 2 on that makes it free: "hit house 2", never longer than `longest`.

    `taken` holds names in lower case: two that differ in capitals only would be taken for one another.
    """
    endings = (f" {number}" for number in count(2))
    candidates = (name[: longest - len(end)].rstrip() + end for end in endings)
    return next(candidate for candidate in candidates if candidate.lower() not in taken)
