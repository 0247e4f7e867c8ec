"""Messages in a channel that show something of ours."""

from dataclasses import dataclass

from core.refs import Ref


@dataclass(frozen=True, slots=True)
class Posted:
    """A message. `channel` is the channel's id also where the message is in a thread of it."""

    application: str
    channel: str
    message: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A message and what it shows."""

    posted: Posted
    ref: Ref
