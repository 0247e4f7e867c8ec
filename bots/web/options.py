"""What an operator may choose about the HTTP side, handed in by the composition root."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WebOptions:
    """Choices for the whole app.

    `public_url` is where the outside world reaches it, empty where only this machine does; its host is always allowed.
    `allowed_hosts` are names, names with a leading dot for all below them, or `*`. `trusted_proxies` are addresses or
    networks (`10.0.0.0/8`) whose `X-Forwarded-For` is believed. `cors_origins` are origins (`https://example.com`)
    whose pages may call the app.
    With `debug` and no allowed hosts, this machine's own names are allowed.
    """

    public_url: str
    allowed_hosts: tuple[str, ...] = ()
    trusted_proxies: tuple[str, ...] = ()
    cors_origins: tuple[str, ...] = ()
    debug: bool = False
