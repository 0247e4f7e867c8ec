"""What keeps Kickbot from its database, as a value for whoever runs it."""

import re
from dataclasses import dataclass
from ipaddress import ip_address

from db.postgres.target import SOCKET, Target

HIDDEN = "***"


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """`variables` are the settings to look at, none where nothing is set wrong; the password stands nowhere in it.

    `answered` (a clause) is what the server or this machine said, `remedy` (a sentence or more) what to do.
    """

    variables: tuple[str, ...]
    answered: str
    remedy: str

    def __str__(self) -> str:
        about = f"{' or '.join(self.variables)}: " if self.variables else ""
        return f"{about}{self.answered}. {self.remedy}"


def place(target: Target) -> str:
    """Where the server is, as the settings say; but for a host that is no name, as that may hold anything."""
    if target.host.startswith("/"):
        return f"{target.host}/{SOCKET}.{target.port}"
    if not is_host(target.host):
        return "DB_HOST"
    return f"[{target.host}]:{target.port}" if ":" in target.host else f"{target.host}:{target.port}"


def is_host(text: str) -> bool:
    """Whether it may be the name of a host, or is an address."""
    try:
        ip_address(text)
    except ValueError:
        return re.fullmatch(r"[\w.-]+", text) is not None
    return True


def quoted(text: str, target: Target) -> str:
    """What a server said, in one line and without a password, should one stand in it."""
    line = re.sub(r"(://[^\s:@]*:)[^\s@]+@", rf"\1{HIDDEN}@", " ".join(text.split()))
    if not target.password:
        return line
    return re.sub(rf"(?<!\w){re.escape(target.password)}(?!\w)", HIDDEN, line)
