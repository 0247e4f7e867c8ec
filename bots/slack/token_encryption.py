"""Tokens of workspaces, sealed: whoever reads the database alone cannot speak as the bot."""

import json
import os
from dataclasses import asdict, dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bots.slack.workspaces import Workspace
from core.accounts import keys

PURPOSE = "slack tokens"
NONCE = 12


@dataclass(frozen=True, slots=True)
class TokenCipher:
    """AES-GCM with a nonce of 12 random bytes in front. What is sealed for one workspace opens for no other."""

    key: bytes = field(repr=False)

    @classmethod
    def from_secret(cls, secret: str) -> "TokenCipher":
        """The cipher that belongs to `secret`, always the same."""
        return cls(keys.derive(secret, PURPOSE))

    def encrypt(self, workspace: Workspace) -> bytes:
        """The workspace, encrypted."""
        nonce = os.urandom(NONCE)
        plain = json.dumps(asdict(workspace)).encode()
        return nonce + AESGCM(self.key).encrypt(nonce, plain, workspace.team.encode())

    def decrypt(self, team: str, sealed: bytes) -> Workspace | None:
        """The workspace, None where it was encrypted with another key or for another workspace."""
        try:
            plain = AESGCM(self.key).decrypt(sealed[:NONCE], sealed[NONCE:], team.encode())
        except (InvalidTag, ValueError):
            return None
        return Workspace(**json.loads(plain))
