"""Who asks, and where."""

from dataclasses import dataclass

WEB = "web"
"""The platform of those who sign in to the web app with a password; their id is the user's there."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody on one platform. `realm` is the workspace, empty where ids hold for the whole platform."""

    platform: str
    realm: str
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is asked: `id` is the server or workspace (empty in a private conversation between two).

    `application` is the bot application through which it is asked. What it starts, only that application goes on with.
    `outside` tells that the bot is no member there: only whoever asks has installed it, and it can but answer.
    """

    application: str
    platform: str
    id: str
    channel: str
    thread: str | None = None
    private: bool = False
    outside: bool = False


@dataclass(frozen=True, slots=True)
class Actor:
    """A person in a place, with what the platform says of them there.

    A `moderator` may take down what others show there, an `admin` may change the settings of the place.
    """

    person: Person
    place: Place
    moderator: bool = False
    admin: bool = False


@dataclass(frozen=True, slots=True)
class PlaceSettings:
    """What is set for a place. No `channels` means every channel, no `daily_limit` means none."""

    channels: frozenset[str] = frozenset()
    daily_limit: int | None = None

    def open(self, place: Place) -> bool:
        """Whether Kickbot answers in the channel of `place`; a thread belongs to its channel."""
        return place.private or not self.channels or place.channel in self.channels
