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
class Seal:
    """AES-GCM with a nonce of 12 random bytes in front. What is sealed for one workspace opens for no other."""

    key: bytes = field(repr=False)

    @classmethod
    def of(cls, secret: str) -> "Seal":
        """The seal that belongs to `secret`, always the same."""
        return cls(keys.derive(secret, PURPOSE))

    def close(self, workspace: Workspace) -> bytes:
        """The workspace, sealed."""
        nonce = os.urandom(NONCE)
        plain = json.dumps(asdict(workspace)).encode()
        return nonce + AESGCM(self.key).encrypt(nonce, plain, workspace.team.encode())

    def open(self, team: str, sealed: bytes) -> Workspace | None:
        """The workspace, None where another key or another workspace's seal is on it."""
        try:
            plain = AESGCM(self.key).decrypt(sealed[:NONCE], sealed[NONCE:], team.encode())
        except (InvalidTag, ValueError):
            return None
        return Workspace(**json.loads(plain))
