"""Who has an account."""

from dataclasses import dataclass

from core import days
from core.accounts.keys import Keys
from core.jobs import account_subject
from core.people import WEB, Person
from db import usage
from db.accounts import users
from db.postgres.database import Database, Transaction


@dataclass(frozen=True, slots=True)
class People:
    """`core.stores.people.People` in PostgreSQL."""

    database: Database
    keys: Keys
    clock: days.Clock = days.now

    async def account(self, person: Person) -> int | None:
        """See `core.stores.people.People`."""
        found: int | None = await self.database.fetchval(FIND, person.platform, person.realm, person.id)
        return found

    async def enrol(self, person: Person) -> int:
        """See `core.stores.people.People`. Two at once for one person end in one account."""

        async def enrol(transaction: Transaction) -> int:
            await transaction.execute(LOCK, "\x1f".join((person.platform, person.realm, person.id)))
            found: int | None = await transaction.fetchval(
                RENAME, person.platform, person.realm, person.id, person.name
            )
            return found if found is not None else await self._make(transaction, person)

        return await self.database.change(enrol)

    async def _make(self, transaction: Transaction, person: Person) -> int:
        """An account, with the count of today where the person left earlier today, and the identity."""
        account = int(person.id) if person.platform == WEB else await users.add(transaction)
        await self._carry_usage(transaction, self.keys.leaver(person), account)
        await transaction.execute(ADD_IDENTITY, person.platform, person.realm, person.id, person.name, account)
        return account

    async def _carry_usage(self, transaction: Transaction, leaver: str, account: int) -> None:
        today = days.day(self.clock())
        if await transaction.fetchrow(LEFT, leaver, today) is None:
            return
        await transaction.execute(HOLD_JOBS, leaver)
        await usage.hold(transaction, account, today)
        await usage.carry(transaction, leaver, account_subject(account), today)
        await transaction.execute(FORGET_LEAVER, leaver, today)


LOCK = "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))"

FIND = """
SELECT account_id FROM kickbot.identity WHERE platform = $1 AND realm = $2 AND external_id = $3
"""

RENAME = """
UPDATE kickbot.identity SET display_name = $4 WHERE platform = $1 AND realm = $2 AND external_id = $3
RETURNING account_id
"""

LEFT = "SELECT FROM kickbot.usage WHERE subject = $1 AND day = $2"

HOLD_JOBS = f"SELECT FROM kickbot.job WHERE {usage.knows('$1')} ORDER BY id FOR NO KEY UPDATE"

FORGET_LEAVER = "DELETE FROM kickbot.usage WHERE subject = $1 AND day = $2"

ADD_IDENTITY = """
INSERT INTO kickbot.identity (platform, realm, external_id, display_name, account_id) VALUES ($1, $2, $3, $4, $5)
"""
