"""The port behind which identities are kept."""

from typing import Protocol

from core.people import Person


class People(Protocol):
    """Identities and the accounts they belong to."""

    async def account(self, person: Person) -> int | None:
        """The account of `person`, None where they have not used Kickbot yet."""

    async def enrol(self, person: Person) -> int:
        """The account of `person`, made where there is none."""
