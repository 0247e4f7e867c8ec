"""Discord as one of the platforms."""

from core.identities import Platform

PLATFORM = "discord"
CALLED = Platform("Discord", written_to=True)
