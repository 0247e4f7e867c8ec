"""What people type, before anything is looked for by it."""

import unicodedata


def readable(text: str) -> str:
    """The text with a space for each control character and lone surrogate: no name has those, and no database."""
    return "".join(" " if unicodedata.category(sign) in ("Cc", "Cs") else sign for sign in text).strip()
