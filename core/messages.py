"""Messages in a channel that show something of ours."""

from dataclasses import dataclass

from core.refs import Ref

CONSOLE = "console"
"""The platform whose messages scroll by: nobody removes them."""


@dataclass(frozen=True, slots=True)
class Posted:
    """A message. `channel` is the channel's id also where the message is in a thread of it.

    `thread` is None where it is in none. `outside` tells that the bot is no member there.
    """

    application: str
    channel: str
    message: str
    thread: str | None = None
    outside: bool = False

    @property
    def platform(self) -> str:
        """That of the application, whose name begins with it."""
        return self.application.partition(":")[0]


@dataclass(frozen=True, slots=True)
class Shown:
    """A message and what it shows; `heard` are the marks of the reactions to it that were heard, where asked for."""

    posted: Posted
    ref: Ref
    heard: frozenset[bytes] = frozenset()
