"""Those who share an account."""

from dataclasses import dataclass, field
from uuid import UUID, uuid4

from core.people import Person

PLATFORMS = {"discord": "Discord", "slack": "Slack", "web": "the web"}

WRITTEN_TO = ("discord", "slack")
"""The platforms on which somebody can be written to; a console shows at once what concerns the people there."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Somebody on one platform as we keep them, with the account that is theirs now."""

    id: int
    account: int
    person: Person

    @property
    def label(self) -> str:
        """How others are told of them: "ada on Discord"."""
        return f"{self.person.name} on {PLATFORMS.get(self.person.platform, f'the {self.person.platform}')}"


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
