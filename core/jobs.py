"""A kick to make, as a row that outlives the process that works on it."""

from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from core.people import Actor, Place

State = Literal["queued", "running", "made", "done", "failed", "cancelled"]


@dataclass(frozen=True, slots=True)
class Address:
    """Where a job is answered. `placeholder` is the message that is edited, `token` the interaction's."""

    place: Place
    placeholder: str | None = None
    token: str | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """One kick to make, one attempt of one account.

    `object` (of the sound's path) and `name` are chosen, and the attempt is counted, when the job is started;
    `call_id` is that engine's. `asker` is the display name of who asked.
    All in the place together may make `place_limit` kicks a day, None for any number.
    """

    id: int
    event_id: str
    index: int
    account: int
    asker: str
    asker_id: str
    address: Address
    prompt: str
    seed: int
    state: State
    attempts: int
    object: UUID | None = None
    name: str | None = None
    engine: str | None = None
    call_id: str | None = None
    place_limit: int | None = None


@dataclass(frozen=True, slots=True)
class Ask:
    """What is filed for one event: a job for each seed. `again_of` is the take on whose card it was asked again."""

    actor: Actor
    event_id: str
    prompt: str
    seeds: tuple[int, ...]
    again_of: int | None = None
    placeholder: str | None = None
    token: str | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """One row of usage that a start counts in, and how much it may hold; no limit means any number."""

    subject: str
    limit: int | None


@dataclass(frozen=True, slots=True)
class Start:
    """What is settled when a job starts: where it counts, the object of its sound, and the names to choose from."""

    day: date
    counts: tuple[Count, ...]
    object: UUID
    names: tuple[str, ...]


EVERYONE = "all"


def account_subject(account: int) -> str:
    """The row of usage of an account."""
    return f"account:{account}"


def place_subject(place: Place) -> str:
    """The row of usage of a server or workspace."""
    return f"place:{place.platform}:{place.id}"
