"""Identities and the accounts they belong to."""

from dataclasses import dataclass
from secrets import token_hex, token_urlsafe

from core.people import Person
from db.database import Database, Transaction


@dataclass(frozen=True, slots=True)
class People:
    """`core.stores.People` in PostgreSQL."""

    database: Database

    async def account(self, person: Person) -> int | None:
        """See `core.stores.People`."""
        found: int | None = await self.database.fetchval(FIND, person.platform, person.realm, person.id)
        return found

    async def enrol(self, person: Person) -> int:
        """See `core.stores.People`. Two at once for one person end in one account."""
        async with self.database.transaction() as transaction:
            await transaction.execute(LOCK, "\x1f".join((person.platform, person.realm, person.id)))
            found: int | None = await transaction.fetchval(FIND, person.platform, person.realm, person.id)
            return found if found is not None else await _make(transaction, person)


async def _make(transaction: Transaction, person: Person) -> int:
    """A user of the web app without a usable password (Django marks those with `!`), and the identity."""
    username, password = f"chat-{token_hex(6)}", "!" + token_urlsafe(30)
    account: int = await transaction.fetchval(ADD_USER, password, username)
    await transaction.execute(ADD_IDENTITY, person.platform, person.realm, person.id, person.name, account)
    return account


LOCK = "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))"

FIND = """
SELECT account_id FROM kickbot.identity WHERE platform = $1 AND realm = $2 AND external_id = $3
"""

ADD_USER = """
INSERT INTO public.auth_user (password, last_login, is_superuser, username, first_name, last_name, email,
                              is_staff, is_active, date_joined)
VALUES ($1, NULL, false, $2, '', '', '', false, true, now())
RETURNING id
"""

ADD_IDENTITY = """
INSERT INTO kickbot.identity (platform, realm, external_id, display_name, account_id) VALUES ($1, $2, $3, $4, $5)
"""
