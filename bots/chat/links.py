"""Links that lead somewhere for whoever reads them."""

import ipaddress
from urllib.parse import urlsplit

NOT_PUBLIC = ("localhost", ".localhost", ".local", ".internal", ".test", ".invalid")


def reachable(url: str) -> bool:
    """Whether the URL can be loaded from anywhere: this machine and private networks cannot."""
    host = (urlsplit(url).hostname or "").lower()
    if "." not in host or host.endswith(NOT_PUBLIC):
        return False
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        return True
