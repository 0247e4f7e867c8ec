"""Who speaks in the tests."""

from core.accounts.keys import Keys
from core.people import Actor, Person, Place

KEYS = Keys.from_secret("a secret of the tests")
SERVER = Place("test-bot", "discord", id="server", channel="general")


def actor(name: str, place: Place = SERVER) -> Actor:
    """Somebody called `name` in `place`."""
    return Actor(Person("discord", "", f"id-{name}", name), place)
