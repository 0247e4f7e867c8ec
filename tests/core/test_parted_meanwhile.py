"""Whoever is parted from their account, or forgotten, while they ask about it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

import pytest

from bots.composition.platforms import PLATFORMS
from core import errors
from core.accounts.accounts import Accounts
from core.identities import Identity
from core.people import Actor, Person
from db.accounts.accounts import AccountRows
from tests.core.accounts import ADA, ADA_L, accounts_of, linked
from tests.core.conftest import Workshop
from tests.core.people import KEYS


@dataclass(frozen=True)
class Interrupted(AccountRows):
    """Something happens behind the question whose account it is."""

    happens: Callable[[], Awaitable[object]]

    async def identity(self, person: Person) -> Identity | None:
        found = await super().identity(person)
        await self.happens()
        return found


@pytest.mark.parametrize("ask", [Accounts.status, Accounts.leaving, Accounts.unlink])
@pytest.mark.parametrize("how", ["parted", "forgotten"])
async def test_whoever_is_parted_or_forgotten_while_they_ask_is_told_so(
    workshop: Workshop, ask: Callable[[Accounts, Actor], Awaitable[object]], how: str
) -> None:
    service = accounts_of(workshop)
    await linked(service, ADA, ADA_L)
    other = (await service.status(ADA_L)).mine
    assert other is not None
    meanwhile = {"parted": lambda: service.unlink(ADA_L, "ada"), "forgotten": lambda: service.forget(ADA_L, other.id)}
    rows = Interrupted(workshop.database, KEYS, PLATFORMS, happens=meanwhile[how])
    with pytest.raises(errors.AccountGone):
        await ask(replace(service, rows=rows), ADA)
