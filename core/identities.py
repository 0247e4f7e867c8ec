"""Those who share an account."""

from dataclasses import dataclass

from core.people import Person

PLATFORMS = {"discord": "Discord", "slack": "Slack", "web": "the web"}


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
class Letter:
    """Something to tell somebody who is not asking just now."""

    to: Identity
    text: str
