"""Who asks, and where."""

from dataclasses import dataclass

WEB = "web"
"""The platform of those who sign in to the web app with a password; their id is the user's there."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody on one platform. `realm` is the Slack team, empty where ids hold for the whole platform."""

    platform: str
    realm: str
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is asked: `id` is the server or workspace (empty in a private conversation between two).

    `application` is the bot application through which it is asked. What it starts, only that application goes on with.
    """

    application: str
    platform: str
    id: str
    channel: str
    thread: str | None = None
    private: bool = False


@dataclass(frozen=True, slots=True)
class Actor:
    """A person in a place, with what the platform says of them there.

    A `moderator` may take down what others show there, an `admin` may set the place's rules.
    """

    person: Person
    place: Place
    moderator: bool = False
    admin: bool = False
