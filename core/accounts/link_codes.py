"""Codes that join two accounts: short enough to type, and good for too little time and too few tries to guess."""

import re
import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without letters and digits that look alike (0 O, 1 I L) or sound alike (U V)."""

LENGTH = 8
MINUTES = 10
TRIES = 5
"""Wrong codes that are taken from one identity in `MINUTES`; with 30^8 codes, five tries at all open ones find none."""


def new() -> str:
    """A code nobody can foresee."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def shown(code: str) -> str:
    """The code in two halves: "ABCD-EFGH"."""
    return f"{code[: LENGTH // 2]}-{code[LENGTH // 2 :]}"


def read(typed: str) -> str:
    """What was typed as it stands in a code: no spaces or hyphens, capitals."""
    return re.sub(r"[\s-]", "", typed).upper()
