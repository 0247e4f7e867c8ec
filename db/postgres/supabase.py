"""What the names of Supabase's hosts and users tell, and where Supabase shows the right ones."""

import re

from db.postgres.target import Target

TRANSACTION_PORT, SESSION_PORT = 6543, 5432

SHOWN = 'Supabase shows what to set under "Connect", "Transaction pooler"'


def is_pooler(target: Target) -> bool:
    """Whether the host is the pooler of a region, which many projects share."""
    return target.host.lower().endswith(".pooler.supabase.com")


def project(target: Target) -> str | None:
    """The project whose own server the host is; None where it is none of those."""
    found = re.fullmatch(r"db\.(\w+)\.supabase\.co", target.host.lower())
    return found[1] if found else None


def names_project(target: Target) -> bool:
    """Whether the user's name says to which project it belongs, as it must at a pooler."""
    return "." in target.user
