"""Slack as one of the platforms."""

from core.identities import Platform

PLATFORM = "slack"
CALLED = Platform("Slack", written_to=True)
