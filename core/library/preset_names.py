"""What presets may be called, and what they are called when nobody says."""

import re
import unicodedata

from core import errors, names
from core.names import LONGEST

SPELT_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})


def suggested(prompt: str, kick: str) -> str:
    """A name from the prompt's words and the kick's given name: "hit house Burkhard". Whole words, as many as fit."""
    given = plain(names.given(kick))
    words = plain(prompt)
    if len(words) + len(given) >= LONGEST:
        words = words[: LONGEST - len(given)].rpartition(" ")[0]
    return f"{words} {given}".strip()[:LONGEST].rstrip() or "kick"


def parted(text: str) -> tuple[str, str | None]:
    """What is to be saved, empty where that is not said, and the name behind `as`: "take:5 as my kick"."""
    found = re.fullmatch(r"(?:(.*?\S)\s+)?as\s+(.+)", text, re.IGNORECASE)
    return (found[1] or "", found[2]) if found else (text, None)


def checked(name: str) -> str:
    """The name with single spaces. Raises `errors.BadPresetName`, which holds one that would do."""
    clean = " ".join(name.split())
    if re.fullmatch(rf"[A-Za-z0-9 ]{{1,{LONGEST}}}", clean):
        return clean
    raise errors.BadPresetName(suggestion=near(clean))


def near(name: str) -> str:
    """What is as much like `name` as a preset may be called."""
    return plain(name)[:LONGEST].rstrip() or "my kick"


def plain(text: str) -> str:
    """The text in ASCII letters, digits and single spaces, German letters spelt out."""
    spelt = unicodedata.normalize("NFC", text).translate(SPELT_OUT)
    base = unicodedata.normalize("NFKD", spelt).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9]+", " ", base).strip()
