"""What a button, a link or a command points to."""

import re
from dataclasses import dataclass
from typing import Literal, get_args

Kind = Literal["take", "kick", "preset"]


@dataclass(frozen=True, slots=True)
class Ref:
    """A take, a kick of a library or a preset, whoever's it is. That one has a ref allows nothing."""

    kind: Kind
    id: int

    def __str__(self) -> str:
        """`take:12`, which `parse` reads back."""
        return f"{self.kind}:{self.id}"


def parse(text: str) -> Ref | None:
    """The ref that `text` is, None where it is none. Ids are those of a bigint."""
    found = re.fullmatch(rf"({'|'.join(get_args(Kind))}):([1-9][0-9]{{0,17}})", text.strip().lower(), re.ASCII)
    return Ref(_kind(found[1]), int(found[2])) if found else None


def _kind(word: str) -> Kind:
    return next(kind for kind in get_args(Kind) if kind == word)
