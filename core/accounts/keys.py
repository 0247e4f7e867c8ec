"""Keys for one purpose each, made from the one secret."""

import hmac
from dataclasses import dataclass, field
from typing import Self

from core.messages import Posted
from core.people import Person


@dataclass(frozen=True, slots=True)
class Keys:
    """What turns codes and people into marks that tell nothing to whoever reads the database."""

    codes: bytes = field(repr=False)
    people: bytes = field(repr=False)

    @classmethod
    def from_secret(cls, secret: str) -> Self:
        """The keys that belong to `secret`, always the same."""
        return cls(derive(secret, "link codes"), derive(secret, "people who left"))

    def code(self, code: str) -> bytes:
        """What is kept of a link code."""
        return tag(self.codes, code)

    def leaver(self, person: Person) -> str:
        """The row of usage of somebody who left."""
        return LEFT + tag(self.people, person.platform, person.realm, person.id).hex()

    def reaction(self, posted: Posted, person: Person, kind: str = "reaction") -> bytes:
        """The mark of somebody's reaction: another one below each message, so that nobody can be followed by it."""
        where = (posted.application, posted.channel, posted.message)
        return tag(self.people, kind, *where, person.platform, person.realm, person.id)


LEFT = "left:"


def derive(secret: str, purpose: str) -> bytes:
    """A key of 32 bytes for one purpose (HKDF with SHA-256, RFC 5869, without salt, its first block)."""
    pseudorandom = hmac.digest(bytes(32), secret.encode(), "sha256")
    return hmac.digest(pseudorandom, purpose.encode() + b"\x01", "sha256")


def tag(key: bytes, *parts: str) -> bytes:
    """HMAC-SHA256 of the parts, each behind its length, so that no other parts give the same text."""
    encoded = (part.encode() for part in parts)
    return hmac.digest(key, b"".join(len(part).to_bytes(4, "big") + part for part in encoded), "sha256")
