"""The rules of a place."""

from dataclasses import dataclass

from core.people import Place


@dataclass(frozen=True, slots=True)
class Rules:
    """A place's rules. No `channels` means every channel, no `daily_limit` means none."""

    channels: frozenset[str] = frozenset()
    daily_limit: int | None = None

    def open(self, place: Place) -> bool:
        """Whether Kickbot answers in the channel of `place`; a thread belongs to its channel."""
        return place.private or not self.channels or place.channel in self.channels
