"""The port behind which link codes are kept: marks of them, never the codes."""

from datetime import datetime
from typing import Protocol

from core.identities import Identity


class LinkCodes(Protocol):
    """Codes with which one identity lets another into its account."""

    async def open(self, identity: int, code: bytes) -> datetime:
        """Let whoever enters the code join the identity's account, until the time told; an earlier code is void."""

    async def claim(self, identity: int, code: bytes) -> Identity:
        """Note that the identity has entered the code; whose it is.

        Raises `errors.NoSuchCode`, which counts as a wrong try, `errors.TooManyTries`, and `errors.OwnCode` and
        `errors.SameAccount`, which leave the code as good as it was.
        """
