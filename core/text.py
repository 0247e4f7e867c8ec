"""Text that people type, and numbers of things as they are said."""

import unicodedata


def counted(number: int, thing: str) -> str:
    """ "1 kick", "2 kicks"."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def readable(text: str) -> str:
    """The text with a space for each control character and lone surrogate: no name has those, and no database."""
    return "".join(" " if unicodedata.category(sign) in ("Cc", "Cs") else sign for sign in text).strip()
