"""Those who share an account."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from core.people import Person


@dataclass(frozen=True, slots=True)
class Platform:
    """A platform by what people call it, and whether somebody can be written to there who is not asking just now."""

    called: str
    written_to: bool = False


@dataclass(frozen=True, slots=True)
class Platforms:
    """What the platforms say of themselves, by their names in `Person.platform`."""

    known: Mapping[str, Platform]

    def platform(self, person: Person) -> Platform:
        """The platform that the person is on."""
        return self.known.get(person.platform, Platform(f"the {person.platform}"))


@dataclass(frozen=True, slots=True)
class Identity:
    """Somebody on one platform as we keep them, with the account that is theirs now."""

    id: int
    account: int
    person: Person
    on: Platform

    @property
    def label(self) -> str:
        """How others are told of them: "ada on the web"."""
        return f"{self.person.name} on {self.on.called}"


@dataclass(frozen=True, slots=True)
class PendingNotification:
    """A notification on its way. What is kept of it does not tell the name of the one to whom it goes."""

    id: UUID
    to: Person
    text: str


@dataclass(frozen=True, slots=True)
class Notification:
    """Something to tell somebody who is not asking just now."""

    to: Identity
    text: str
    id: UUID = field(default_factory=uuid4)

    @property
    def pending(self) -> PendingNotification:
        """What is sent."""
        return PendingNotification(self.id, self.to.person, self.text)
