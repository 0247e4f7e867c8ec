"""Where a database is, and who asks."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Any

import asyncpg

SYSTEM = "system"
SOCKET = ".s.PGSQL"
"""What the name of a server's socket begins with; its port is the end."""

Connect = Callable[..., Coroutine[Any, Any, asyncpg.Connection]]


@dataclass(frozen=True, slots=True)
class Target:
    """Where a database is and who asks.

    `host` is a name, an address, or the folder of a Unix socket (it starts with a slash). `ca` are the authorities
    whose certificates are accepted, as PEM text, or `SYSTEM` for those of this machine: with it the server's
    certificate and name are verified, without it the line is encrypted only. `tls` None means TLS for every host but
    this machine, and wherever there is a `ca`. `connect` takes the place of `asyncpg.connect`, for a
    server that Kickbot runs itself.
    """

    host: str
    port: int
    name: str
    user: str
    password: str = field(default="", repr=False)
    tls: bool | None = None
    ca: str | None = field(default=None, repr=False)
    connect: Connect | None = field(default=None, repr=False, compare=False)

    @property
    def is_embedded(self) -> bool:
        """Whether Kickbot runs the server itself, so that no setting says where it is."""
        return self.connect is not None

    @property
    def is_here(self) -> bool:
        """Whether the line stays on this machine, as its host's name says."""
        if self.host.startswith("/") or self.host == "localhost":
            return True
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return False
